"""Who is told of a notice, under which Message-ID, and until when the letter says what is so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.office import PARTIES
from tests.register.keeping import CONTEXT, COUNTY, MANY, Kept, day, plain
from workflow import acts as letter_acts
from workflow.errors import Refusal
from workflow.events import kind_of
from workflow.facts import Letter
from workflow.register import acts
from workflow.register.events import NoticeReceived
from workflow.register.flags import flags_on, next_check
from workflow.register.letters import letters_to_all, notice_told, why_overtaken
from workflow.register.terms import NoticeRule, Scope, Validity

YEARLY = Validity(kind="silent_renewal", start=date(2020, 1, 1), end=date(2020, 12, 31), notice=NoticeRule(months=3))
CHECKPOINT = "prov\n1\nAAAA\n"
MAILBOXES = {party: f"brev@{party}.example" for party in PARTIES}
BEGUN = day("2024-01-01")


def kept_with(parties: tuple[str, ...], mailboxes: dict[str, str]) -> Kept:
    """A document of these parties that is renewed each year, where these mailboxes are known."""
    organisation = replace(COUNTY, mailboxes=mailboxes, origin="prov")
    entry = replace(plain(YEARLY), parties=parties)
    return Kept(entry, BEGUN, replace(CONTEXT, organisation=organisation))


def notice(party: str, received: date, on: date, scope: Scope = "agreement") -> acts.GiveNotice:
    return acts.GiveNotice(on=on, party=party, received=received, scope=scope, checkpoint=CHECKPOINT)


@st.composite
def courses(draw: st.DrawFn) -> tuple[tuple[str, ...], list[acts.GiveNotice]]:
    """Some parties, and notices by them on days that never go back; some recorded long after they were received."""
    parties = tuple(sorted(draw(st.sets(st.sampled_from(PARTIES), min_size=1, max_size=4))))
    on, given_ = BEGUN, []
    for later, waited in draw(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 500)), max_size=6)):
        on += timedelta(days=later)
        received = max(BEGUN, on - timedelta(days=waited))
        scope: Scope = draw(st.sampled_from(["agreement", "party"]))
        given_.append(notice(draw(st.sampled_from(parties)), received, on, scope))
    return parties, given_


def end_of(parties: tuple[str, ...], notices: list[NoticeReceived]) -> date | None:
    """The model: when a document that only notice ends is over for all."""
    days = [each.ends_on for each in notices if each.scope == "agreement"]
    leaves: dict[str, date] = {}
    for each in notices:
        if each.scope == "party":
            leaves[each.party] = min(each.ends_on, leaves.get(each.party, each.ends_on))
    if leaves.keys() == set(parties):
        days.append(max(leaves.values()))
    return min(days, default=None)


def told_of(parties: tuple[str, ...], earlier: list[NoticeReceived], event: NoticeReceived, on: date) -> set[str]:
    """The model: who gets a letter."""
    if on > event.ends_on:
        return set()
    gone = {each.party for each in earlier if each.scope == "party" and each.ends_on < on}
    return (set(parties) - gone) | {event.party}


def overtaken(parties: tuple[str, ...], notices: list[NoticeReceived], place: int, on: date) -> str | None:
    """The model: why a letter of the notice in that place no longer says what is so."""
    told, later = notices[place], notices[place + 1 :]
    then, now = end_of(parties, notices[: place + 1]), end_of(parties, notices)
    if on > told.ends_on or (then is not None and on > then):
        return "last-day-passed"
    if (told.party, told.scope) in [(each.party, each.scope) for each in later]:
        return "newer-notice"
    return "other-end" if now is not None and now != then and now <= told.ends_on else None


@MANY
@given(course=courses(), known=st.sets(st.sampled_from(PARTIES)), look=st.integers(0, 900))
def test_who_is_told_and_until_when_is_what_the_model_says(
    course: tuple[tuple[str, ...], list[acts.GiveNotice]], known: set[str], look: int
) -> None:
    parties, asked = course
    kept = kept_with(parties, {party: MAILBOXES[party] for party in known})
    for act in asked:
        try:
            laid = kept.do(act)
        except Refusal:
            continue
        for event in (each.event for each in laid if isinstance(each.event, NoticeReceived)):
            notices = list(kept.document.notices)
            assert {each.party for each in event.letters} == told_of(parties, notices[:-1], event, act.on)
            assert all(each.to == (MAILBOXES[each.party] if each.party in known else "") for each in event.letters)
            assert event.last_day == (end_of(parties, notices) if event.letters else None)
    document, on = kept.document, kept.document.latest_on + timedelta(days=look)
    notices = list(document.notices)
    lost = set()
    for posted in document.letters.values():
        place = notices.index(notice_told(document, posted))
        why = overtaken(parties, notices, place, on)
        assert why_overtaken(document, posted, on) == why
        assert (posted.about == "receipt") == (posted.letter.party == notices[place].party)
        lost |= {posted.letter.party} if why is None and posted.letter.party not in known else set()
    assert {flag.party for flag in flags_on(document, on) if flag.kind == "mail_undeliverable"} == lost


@pytest.mark.parametrize("binds", [True, False])
def test_a_flag_of_a_letter_goes_when_its_day_has_passed_and_the_sweep_is_told_to_look_then(
    binds: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    kept = kept_with(PARTIES, {})
    kept.do(notice("berg", day("2024-06-01"), day("2024-06-02"), "party"))
    kept.do(acts.ChangeBinding(on=day("2024-06-02"), case="SAM-2024-0001", binds=binds))
    assert kept.flags["mail_undeliverable"] == "2024-06-02"
    found = day("2024-06-02")
    while (coming := next_check(kept.document, after=found)) is not None and found <= day("2024-12-31"):
        found = coming
        kept.look(found)
    assert "mail_undeliverable" not in kept.flags
    assert found == day("2025-01-01")


def test_that_the_others_stay_is_overtaken_by_notice_for_all_to_the_same_day() -> None:
    kept = kept_with(PARTIES, MAILBOXES)
    kept.do(notice("berg", day("2024-06-01"), day("2024-06-02"), "party"))
    first = list(kept.document.letters.values())
    kept.do(notice("krokom", day("2024-06-03"), day("2024-06-03")))
    assert {why_overtaken(kept.document, posted, day("2024-06-04")) for posted in first} == {"other-end"}
    later = [posted for posted in kept.document.letters.values() if posted not in first]
    assert {why_overtaken(kept.document, posted, day("2024-06-04")) for posted in later} == {None}


def test_a_late_notice_of_what_ends_before_is_overtaken_by_the_day_its_letters_tell() -> None:
    kept = kept_with(PARTIES, MAILBOXES)
    kept.do(notice("berg", day("2024-09-30"), day("2024-10-01")))
    kept.do(notice("krokom", day("2024-10-15"), day("2024-10-16")))
    given_ = kept.document.notices[-1]
    assert (given_.ends_on, given_.last_day, given_.late) == (day("2025-12-31"), day("2024-12-31"), True)
    letters = [each for each in kept.document.letters.values() if notice_told(kept.document, each) == given_]
    for on, why in (("2024-12-31", None), ("2025-01-01", "last-day-passed")):
        assert {why_overtaken(kept.document, posted, day(on)) for posted in letters} == {why}


def test_a_letter_that_is_given_up_when_the_sweep_has_seen_its_day_pass_raises_no_flag() -> None:
    kept = kept_with(PARTIES, MAILBOXES)
    kept.do(notice("berg", day("2024-06-01"), day("2024-06-02"), "party"))
    kept.look(day("2025-01-02"))
    letter = next(iter(kept.document.letters))
    said = letter_acts.NoteUndeliverable(on=day("2024-12-30"), message_id=letter, why="550", attempts=1)
    assert [kind_of(each.event) for each in kept.do(said)] == ["letter_undeliverable"]


def test_an_act_that_carries_no_checkpoint_calls_for_no_letters() -> None:
    """As every notice was recorded before there were such letters."""
    kept = kept_with(PARTIES, MAILBOXES)
    act = acts.GiveNotice(on=day("2024-06-02"), party="berg", received=day("2024-06-01"))
    (laid,) = kept.do(act)
    assert laid.event == NoticeReceived(
        party="berg", received=act.received, scope="agreement", ends_on=day("2024-12-31")
    )
    assert kept.document.letters == {}


def test_no_two_letters_of_a_log_have_names_that_only_differ_in_small_and_capital_letters() -> None:
    """A document may bear a case's reference in small letters, and a file's name is the same in either on Windows."""
    kept = kept_with(PARTIES, MAILBOXES)
    document = replace(kept.document, entry=replace(kept.document.entry, id="sam-2026-0001"))
    found: list[Letter] = [
        *letters_to_all(document, "berg", day("2024-06-02"), MAILBOXES, "prov"),
        *letters_to_all(replace(document, version=7), "rjh", day("2024-06-02"), MAILBOXES, "prov"),
    ]
    of_a_case = [f"<SAM-2026-0001.{party}.{version}@prov>" for party in PARTIES for version in range(1, 12)]
    names = [*(letter.message_id for letter in found), *of_a_case]
    assert len({name.casefold() for name in names}) == len(names)


def test_a_letter_nobody_knows_and_a_day_before_the_notice_are_refused() -> None:
    kept = kept_with(PARTIES, MAILBOXES)
    kept.do(notice("berg", day("2024-06-01"), day("2024-06-02")))
    letter = next(iter(kept.document.letters))
    codes = []
    for act in (
        letter_acts.SendAgain(on=day("2024-06-03"), message_id="<ingen@prov>"),
        letter_acts.NoteUndeliverable(on=day("2024-06-01"), message_id=letter, why="–", attempts=1),
    ):
        try:
            kept.do(act)
        except Refusal as refusal:
            codes.append(refusal.code)
    assert codes == ["unknown_letter", "date_before_previous_step"]
