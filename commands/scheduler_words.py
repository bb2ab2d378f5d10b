"""What the clock tells, in words."""

from collections.abc import Mapping

from commands.console import filled
from scheduler.told import Told
from translations import translate as _
from workflow.errors import N_, Message

#: By the name of what happened to the clock.
EVENTS: dict[str, Message] = {
    "started": N_("The clock is started as {holder}; its silence is known within {interval} s."),
    "waiting": N_("Waiting to lead: {why}"),
    "leading": N_("Leading, with token {token}."),
    "lost": N_("Another leads now; token {token} is no longer good, and nothing more was written under it."),
    "gave_back": N_("The lead is given back, token {token}."),
    "done": N_("{job}: {outcome}"),
    "failed": N_("{job} failed: {error}"),
    "unrecorded": N_("The run of {job} could not be written down: {error}"),
    "skipped": N_("{job} is due and still running; it is begun again when it is done."),
    "beat_failed": N_("The others could not be told that this process lives: {error}"),
    "clock_set": N_("The machine's clock has moved by {seconds} s; every job is run now."),
    "died": N_("The scheduler's thread has died: {error}"),
    "silent": N_("The heart has not beaten for {seconds} s; this process gives up."),
    "stopped": N_("The clock is stopped."),
}

#: By the name of what a job counts.
COUNTS: dict[str, Message] = {
    "raised": N_("flags raised {count}"),
    "cleared": N_("flags cleared {count}"),
    "took_effect": N_("came into force {count}"),
    "rerouted": N_("on a new route {count}"),
    "reminded": N_("reminders queued {count}"),
    "sent": N_("letters sent {count}"),
    "put_off": N_("put off {count}"),
    "undeliverable": N_("undeliverable {count}"),
    "dropped": N_("not sent any more {count}"),
}

#: By the name of a job.
JOBS: dict[str, Message] = {"sweep": N_("sweep"), "outbox": N_("outbox"), "heartbeat": N_("heartbeat")}


def told_in_words(told: Told) -> str:
    """One event as a sentence."""
    values = dict(told.values)
    outcome = values.get("outcome")
    if isinstance(outcome, Mapping):
        values["outcome"] = outcome_in_words(outcome)
    if "job" in values:
        values["job"] = job_name(str(values["job"]))
    return filled(EVENTS[told.event], **values)


def outcome_in_words(outcome: Mapping[str, int]) -> str:
    """What a job counted; that it had nothing to do."""
    said = (filled(COUNTS.get(name, Message(f"{name} {{count}}")), count=count) for name, count in outcome.items())
    return ", ".join(said) or _(N_("nothing to do"))


def job_name(job: str) -> str:
    """What a job is called; its name where no word is known for it."""
    return _(JOBS.get(job, Message(job)))
