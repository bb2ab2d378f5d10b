"""The story the demo tells: Bilaga 2's «Överenskommelse placerade barn» through the year 2026, command by command.

Source: 004 Bilaga 2 for the matter and its two recommendations. Minutes, paragraphs, organs and addresses are invented.
"""

from dataclasses import dataclass
from datetime import date

from workflow.errors import N_

#: The last date the story names: before it has come, the story cannot be told.
LAST_DAY = date(2026, 10, 1)

#: The file the case is opened with, and what stands in it.
TEXT_NAME = "placerade-barn.txt"
TEXT = """\
Överenskommelse placerade barn

Gäller mellan Region Jämtland Härjedalen och länets åtta kommuner.

1. Parterna samverkar om hälso- och sjukvård, tandvård och skolgång för barn som placeras utanför det egna hemmet.
2. Placerande kommun meddelar regionen och skolan i vistelsekommunen före placeringen.
3. Överenskommelsen gäller från och med den 1 oktober 2026 och följs upp varje år.

Exempeltext.
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is told, and the command lines that follow, each of which must give the exit code ``code``.

    The lines are quoted so that they can be pasted into any shell.
    """

    told: str
    lines: tuple[str, ...]
    code: int = 0


STORY: tuple[Scene, ...] = (
    Scene(
        N_("January. The office begins: a database, the report's structure calendar, and alternativ-1 from New Year."),
        ("init --adopt alternativ-1 --from 2026-01-01 --today 2026-01-02",),
    ),
    Scene(
        N_("Every party has a funktionsbrevlåda. A party is named by its id, its name or an alias."),
        (
            'party mailbox "Region Jämtland Härjedalen" registrator@rjh.example --on 2026-01-07',
            'party mailbox "Bergs kommun" registrator@berg.example --on 2026-01-07',
            'party mailbox "Bräcke kommun" registrator@bracke.example --on 2026-01-07',
            'party mailbox "Härjedalens kommun" registrator@harjedalen.example --on 2026-01-07',
            'party mailbox "Krokoms kommun" registrator@krokom.example --on 2026-01-07',
            'party mailbox "Ragunda kommun" registrator@ragunda.example --on 2026-01-07',
            "party mailbox stromsund registrator@stromsund.example --on 2026-01-07",
            "party mailbox are registrator@are.example --on 2026-01-07",
            "party mailbox ostersund registrator@ostersund.example --on 2026-01-07",
        ),
    ),
    Scene(
        N_("Which way does an överenskommelse on children and young people take, and which sentence says so?"),
        ("route explain --type överenskommelse --group barn-unga --on 2026-01-12",),
    ),
    Scene(
        N_(
            "The case is opened with its text. From here on its route is fixed; it is to bind from 1 October. "
            "What can be done, what cannot yet, and whom does each step wait for?"
        ),
        (
            (
                'case open --type överenskommelse --group barn-unga --title "Överenskommelse placerade barn"'
                f" --text {TEXT_NAME} --valid-from 2026-10-01 --on 2026-01-12"
            ),
            "case next SAM-2026-0001 --today 2026-01-12",
        ),
    ),
    Scene(
        N_("February. The arbetsutskott prepares the matter."),
        ('case prepare SAM-2026-0001 --by au-barn-unga --on 2026-02-04 --minutes "§ 7"',),
    ),
    Scene(
        N_(
            "Somebody is in a hurry and records the political forum before the leadership forum has spoken. "
            "That is refused, nothing is written, and the refusal says what is missing and from whom."
        ),
        ('case recommend SAM-2026-0001 --by politiskt-forum --on 2026-02-06 --minutes "§ 3"',),
        code=1,
    ),
    Scene(
        N_("March. The leadership forum recommends to politics, and the political forum to the parties."),
        (
            'case recommend SAM-2026-0001 --by ledningsforum --on 2026-03-04 --minutes "§ 12"',
            'case recommend SAM-2026-0001 --by politiskt-forum --on 2026-03-27 --minutes "§ 9"',
        ),
    ),
    Scene(
        N_("The recommendation goes to nine mailboxes. The parties have sixteen weeks to answer."),
        ("case dispatch SAM-2026-0001 --on 2026-03-30",),
    ),
    Scene(
        N_(
            "The letters leave. With no mail server set each is a file in a folder beside the database, ready for any "
            "mail program; at its foot stands a checkpoint, so that every party keeps a witness of the history so far."
        ),
        ("outbox send --today 2026-03-30", "outbox list"),
    ),
    Scene(
        N_("April to June. Eight parties decide, each in the organ it has chosen, and report back."),
        (
            (
                'case answer SAM-2026-0001 --party rjh --answer adopts --on 2026-04-22 --minutes "§ 41"'
                ' --organ "Hälso- och sjukvårdsnämnden"'
            ),
            (
                'case answer SAM-2026-0001 --party berg --answer adopts --on 2026-04-28 --minutes "§ 33"'
                " --organ Kommunfullmäktige --reported 2026-05-04"
            ),
            (
                'case answer SAM-2026-0001 --party are --answer adopts --on 2026-05-13 --minutes "§ 58"'
                " --organ Kommunfullmäktige"
            ),
            (
                'case answer SAM-2026-0001 --party ostersund --answer adopts --on 2026-05-21 --minutes "§ 74"'
                " --organ Kommunfullmäktige --reported 2026-05-26"
            ),
            (
                'case answer SAM-2026-0001 --party bracke --answer adopts --on 2026-06-03 --minutes "§ 29"'
                " --organ Kommunstyrelsen"
            ),
            (
                'case answer SAM-2026-0001 --party ragunda --answer adopts --on 2026-06-10 --minutes "§ 47"'
                " --organ Kommunfullmäktige"
            ),
            (
                'case answer SAM-2026-0001 --party harjedalen --answer adopts --on 2026-06-15 --minutes "§ 80"'
                " --organ Kommunfullmäktige"
            ),
            (
                'case answer SAM-2026-0001 --party stromsund --answer adopts --on 2026-06-17 --minutes "§ 52"'
                " --organ Kommunfullmäktige --reported 2026-06-18"
            ),
            "party matrix --today 2026-06-18",
        ),
    ),
    Scene(
        N_(
            "July. The day to answer by has passed and Krokom is silent. The sweep raises a flag, once: run again, "
            "it finds nothing new."
        ),
        ("sweep --today 2026-07-21", "sweep --today 2026-07-21", "flag list", "worklist"),
    ),
    Scene(
        N_("September. Krokom adopts: late, and valid. Now all nine have adopted the same text, and it is ratified."),
        (
            (
                'case answer SAM-2026-0001 --party krokom --answer adopts --on 2026-09-09 --minutes "§ 118"'
                " --organ Kommunfullmäktige --reported 2026-09-11 --today 2026-09-11"
            ),
        ),
    ),
    Scene(
        N_("1 October. The day it binds from has come, and a sweep puts that on record."),
        (
            "sweep --today 2026-10-01",
            "party matrix --today 2026-10-01",
            "case show SAM-2026-0001 --today 2026-10-01",
        ),
    ),
    Scene(
        N_("Where did the case stand on 20 May?"),
        ("case show SAM-2026-0001 --as-of 2026-05-20",),
    ),
    Scene(
        N_("How did it get there? Everything recorded, and then the same told again from the first record."),
        ("case history SAM-2026-0001", "audit replay SAM-2026-0001"),
    ),
    Scene(
        N_(
            "And does the history hold? The file, the chain, every act under its rules, everything kept beside them; "
            "and, by a checkpoint that somebody else keeps, that nothing was cut off or written anew."
        ),
        ("audit checkpoint checkpoint.txt", "audit verify --checkpoint checkpoint.txt"),
    ),
)
