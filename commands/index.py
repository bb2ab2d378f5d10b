"""Every noun and verb: where it is, and what it does in one line. The table the help is made of."""

from commands.lazy import Entry
from workflow.errors import N_

CASE: dict[str, Entry] = {
    "open": ("commands.case.opening:open_case", N_("Open a case and fix its route.")),
    "list": ("commands.case.questions:list_cases", N_("List cases.")),
    "show": ("commands.case.questions:show", N_("Show one case, now or as of a date.")),
    "timeline": ("commands.case.timeline:timeline", N_("Show one case on one page: what has been, and what is ahead.")),
    "history": ("commands.case.questions:history", N_("Show everything recorded about a case, in order.")),
    "next": ("commands.case.possible:next_steps", N_("Show every step there is, and what the others wait for.")),
    "prepare": ("commands.case.forums:prepare", N_("Record that a body has prepared the matter.")),
    "anchor": ("commands.case.forums:anchor", N_("Record that a matter is anchored in a network.")),
    "recommend": ("commands.case.forums:recommend", N_("Record a forum's rekommendationsbeslut.")),
    "decide": ("commands.case.forums:decide", N_("Record a body's own decision.")),
    "return": ("commands.case.forums:send_back", N_("Record an återremiss.")),
    "postpone": ("commands.case.forums:postpone", N_("Record a bordläggning.")),
    "lift": ("commands.case.forums:lift", N_("Lift a matter from the officers to politics.")),
    "override": ("commands.case.forums:override", N_("Record a deviation that the rules allow.")),
    "effect": ("commands.case.forums:effect", N_("Record a forum's decision on another effect rule.")),
    "report": ("commands.case.forums:report", N_("Record that an uppdrag is reported back, or money followed up.")),
    "dispatch": ("commands.case.parties:dispatch", N_("Send the recommendation to the parties' mailboxes.")),
    "answer-by": ("commands.case.parties:answer_by", N_("Move the day the parties are asked to answer by.")),
    "answer": ("commands.case.parties:answer", N_("Record a party's decision as it was reported back.")),
    "correct": ("commands.case.parties:correct", N_("Record a rättelse of a party's answer.")),
    "revise": ("commands.case.ending:revise", N_("Lay a new text version.")),
    "spread": ("commands.case.ending:spread", N_("Record that a decision has been spread.")),
    "withdraw": ("commands.case.ending:withdraw", N_("Take the matter back.")),
    "close": ("commands.case.ending:close", N_("End the matter without effect.")),
}

PARTY: dict[str, Entry] = {
    "list": ("commands.party:list_parties", N_("List the parties and their mailboxes.")),
    "show": ("commands.party_show:show", N_("Show which texts bind a party on a date, and what it has not answered.")),
    "mailbox": ("commands.party:mailbox", N_("Set a party's funktionsbrevlåda.")),
    "matrix": ("commands.matrix:matrix", N_("Show where every party stands on every case, one letter a state.")),
}

ROUTE: dict[str, Entry] = {
    "explain": ("commands.route:explain", N_("Show the route of a matter, the rule behind it and its source.")),
    "table": ("commands.route_table:table", N_("Show every rule of a structure.")),
    "diff": ("commands.route_diff:diff", N_("Show what a change of structure would change.")),
    "check": ("commands.route_check:check", N_("Check every rule set by exploring it.")),
}

STRUCTURE: dict[str, Entry] = {
    "list": ("commands.structure:list_structures", N_("List the structures that are known.")),
    "show": ("commands.structure:show", N_("Show a structure: its forums, their mandates, its rules.")),
    "calendar": ("commands.structure:calendar", N_("Show which structure is in force from when.")),
    "adopt": ("commands.structure_change:adopt", N_("Bring a structure into force from a day.")),
    "import": ("commands.structure_import:import_rules", N_("Bring a county's own rule files into force.")),
    "configure": ("commands.structure_change:configure", N_("Say what the source leaves open about a structure.")),
}

FORUM: dict[str, Entry] = {
    "list": ("commands.forum:list_forums", N_("List the forums of the structure in force.")),
    "chair": ("commands.forum_chair:chair", N_("Show who chairs a forum in a year, and who is its secretary.")),
    "status": ("commands.forum:status", N_("Record that a forum is dormant (vilande), or active again.")),
}

ACTOR: dict[str, Entry] = {
    "list": ("commands.actor:list_actors", N_("List who may act, and as what.")),
    "admit": ("commands.actor:admit", N_("Let somebody act in a role.")),
    "remove": ("commands.actor:remove", N_("Let somebody act no longer.")),
}

OUTBOX: dict[str, Entry] = {
    "list": ("commands.outbox:list_outbox", N_("List the letters, and how far each has come.")),
    "show": ("commands.outbox:show", N_("Show one letter in full.")),
    "send": ("commands.outbox_send:send", N_("Send the letters that are due.")),
    "retry": ("commands.outbox:retry", N_("Queue an undeliverable letter again.")),
}

REGISTER: dict[str, Entry] = {
    "import": ("commands.register.importing:import_register", N_("Enter a county's register, or Bilaga 1.")),
    "export": ("commands.register.importing:export_register", N_("Write the register to a file.")),
    "list": ("commands.register.listing:list_documents", N_("List the documents, as they stand on a day.")),
    "show": ("commands.register.showing:show", N_("Show one document's whole life.")),
    "calendar": ("commands.register.listing:calendar", N_("Show what a year holds.")),
    "extend": ("commands.register.ending:extend", N_("Give a document the later last day a case has decided on.")),
    "notice": ("commands.register.ending:notice", N_("Record a party's notice.")),
    "supersede": ("commands.register.ending:supersede", N_("Record that another document takes its place.")),
    "follow-up": ("commands.register.caring:follow_up", N_("Record a follow-up.")),
    "revised": ("commands.register.caring:revised", N_("Record a revision.")),
    "implemented": ("commands.register.caring:implemented", N_("Record that a document is in use.")),
    "confirm": ("commands.register.caring:confirm", N_("Say what an entry leaves open.")),
    "assess": ("commands.register.caring:assess", N_("Record whether a document is kept.")),
}

FLAG: dict[str, Entry] = {
    "list": ("commands.flag:list_flags", N_("List the flags that stand.")),
}

AUDIT: dict[str, Entry] = {
    "verify": ("commands.audit.verify:verify", N_("Prove the history, or show what does not hold.")),
    "rebuild": ("commands.audit.rebuild:rebuild", N_("Make anew what is kept beside the log, where it differs.")),
    "replay": ("commands.audit.replay:replay", N_("Rebuild cases from their first event, step by step.")),
    "checkpoint": ("commands.audit.checkpoint:checkpoint", N_("Make the three lines that others keep as a witness.")),
    "prove": ("commands.audit.prove:prove", N_("Give a party proof of a case that it can check by itself.")),
    "export": ("commands.audit.export:export", N_("Write the whole log to a file, and the script that checks it.")),
}

SCHEDULER: dict[str, Entry] = {
    "run": ("commands.scheduler_run:run", N_("Run the checks on a clock until stopped; one process leads.")),
    "status": ("commands.scheduler_status:status", N_("Show whether the clock lives, and what it did last.")),
}

NOUNS: dict[str, tuple[dict[str, Entry], str]] = {
    "case": (CASE, N_("Cases: open, advance, look.")),
    "party": (PARTY, N_("The parties.")),
    "route": (ROUTE, N_("Which rule gives which route.")),
    "structure": (STRUCTURE, N_("The structures and when they are in force.")),
    "forum": (FORUM, N_("The forums.")),
    "actor": (ACTOR, N_("Who may act, and as what.")),
    "outbox": (OUTBOX, N_("The letters to the parties.")),
    "register": (REGISTER, N_("Documents in force.")),
    "flag": (FLAG, N_("What wants attention.")),
    "scheduler": (SCHEDULER, N_("The clock that runs the checks.")),
    "audit": (AUDIT, N_("The history and its proof.")),
}

VERBS: dict[str, Entry] = {
    "init": ("commands.init:init", N_("Create the database, the parties and the structure calendar.")),
    "demo": ("commands.demo:demo", N_("Tell the report's own example, step by step, on a fresh database.")),
    "worklist": ("commands.worklist:worklist", N_("Show who must do what now.")),
    "sweep": ("commands.sweep:sweep", N_("Run every scheduled check once.")),
    "backup": ("commands.backup:backup", N_("Write a verified copy of the whole database, while others go on.")),
    "diagram": ("commands.diagram:diagram", N_("Draw a chart from its class.")),
    "schema": ("commands.schema:schema", N_("Print the published shape of an answer in JSON.")),
}
