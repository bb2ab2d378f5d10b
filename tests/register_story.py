"""A year of the register: handed down to another structure, ended, undone, found wanting, put right."""

from pathlib import Path

from tests.office import PARTIES, Office


def year_of_the_register(folder: Path) -> None:
    """Bilaga 1 under two structures, and what cases bring about for documents, in a database of that folder."""
    office = Office(folder)
    office("init", "--adopt", "alternativ-1", "--from", "2026-01-01", today="2025-12-01", expect=0)
    for party in PARTIES:
        office("party", "mailbox", party, f"registrator@{party}.example", today="2025-12-01", expect=0)
    office("register", "import", today="2025-12-02", expect=0)
    for day in ("2025-12-02", "2026-01-02"):
        office("sweep", today=day, expect=0)
    confirmed = ("register", "confirm", "b1-10", "--open-ended", "--forum", "politiskt-forum", "--on", "2026-01-05")
    office(*confirmed, today="2026-01-05", expect=0)
    ended = office.walked_to("in_force", group="vuxna", type="avtal", document="b1-14", aim="terminate")
    born = office.walked_to("in_force")
    undone = ("case", "correct", born, "--party", "are", "--answer", "declines", "--reason", "fel protokoll")
    office(*undone, "--on", "2026-04-20", expect=0)
    office("sweep", today="2026-11-20", expect=0)
    assert office("register", "show", "b1-14", expect=0).json["status"] == "terminated", ended
