"""What is said wrongly of a matter, a structure or a forum: refused with its reason, and nothing is written."""

import pytest

from tests.commands.claims import refused, suggested
from tests.office import Office
from tests.structures.steps import opened

OPEN = ("case", "open", "--title", "Ett ärende", "--on", "2022-03-01")
MONEY = (*OPEN, "--type", "stimulansmedel", "--amount", "100")
TASK = (*OPEN, "--type", "uppdrag")
MANDATE = (*OPEN, "--type", "uppdragsbeskrivning")
AUDIT = (*OPEN, "--type", "revisionssvar")
STRUCTURE = (*OPEN, "--type", "samverkansstruktur")
GUIDELINE = (*OPEN, "--type", "riktlinje")
ADOPT = ("structure", "adopt", "--minutes", "§ 7")
CONFIGURE = ("structure", "configure")
STATUS = ("forum", "status")
FROM = ("--from", "2026-11-01")

BAD_DATA = [
    ((*MONEY, "--share", "rjh"), "value_invalid"),
    ((*MONEY, "--share", "rjh=ett"), "value_invalid"),
    ((*MONEY, "--share", "rjh=-5"), "value_invalid"),
    ((*MONEY, "--share", "rjh=99.5"), "value_invalid"),
    ((*MONEY, "--share", "rjh=\u0661\u0660\u0660"), "value_invalid"),
    ((*MONEY, "--share", "=100"), "unknown_party"),
    ((*MONEY, "--share", "sundsvall=100"), "unknown_party"),
    ((*MONEY, "--share", "kfjh=100"), "not_a_party"),
    ((*MONEY, "--share", "svom=100"), "not_a_party"),
    ((*MONEY, "--share", "rjh=50", "--share", "RJH=50"), "value_invalid"),
    ((*MONEY, "--share", "rjh=99"), "sum_mismatch"),
    ((*MONEY, "--share", "rjh=60", "--share", "berg=41"), "sum_mismatch"),
    (MANDATE, "value_invalid"),
    ((*MANDATE, "--for", "svum"), "unknown_forum"),
    (TASK, "value_invalid"),
    ((*TASK, "--giver", "SRK"), "value_invalid"),
    ((*TASK, "--receiver", "jamtbus"), "value_invalid"),
    ((*TASK, "--giver", "SRKK", "--receiver", "jamtbus"), "unknown_forum"),
    ((*TASK, "--giver", "SRK", "--receiver", "jamtbus", "--due", "2022-02-30"), "date_invalid"),
    (AUDIT, "value_invalid"),
    ((*AUDIT, "--addressee", "regionstyrelse"), "unknown_forum"),
    ((*AUDIT, "--addressee", "rs", "--due", "snart"), "date_invalid"),
    (STRUCTURE, "value_invalid"),
    ((*STRUCTURE, "--structure", "alternativ-4"), "unknown_structure"),
    ((*STRUCTURE, "--structure", "alternativ-1", "--in-force", "31/6 2026"), "date_invalid"),
    ((*OPEN, "--type", "handlingsplan", "--group", "vuxna"), "level_required"),
    ((*OPEN, "--type", "gemensam-plan"), "level_required"),
    (GUIDELINE, "group_required"),
    ((*GUIDELINE, "--group", "äldre"), "unknown_group"),
    ((*ADOPT, "alternativ-4", *FROM), "unknown_structure"),
    ((*ADOPT, "alternativ-2", "--from", "31/6 2026"), "date_invalid"),
    ((*ADOPT, "alternativ-2", *FROM, "--on", "2026-12-24"), "date_in_future"),
    ((*CONFIGURE, "alternativ-4", "--board", "gnus"), "unknown_structure"),
    ((*CONFIGURE, "alternativ-3", "--board", "nämnden"), "unknown_forum"),
    ((*CONFIGURE, "alternativ-3", "--board", "svom"), "value_invalid"),
    ((*CONFIGURE, "alternativ-1", "--board", "gnus"), "value_invalid"),
    ((*CONFIGURE, "alternativ-1", "--set", "designated_arena"), "value_invalid"),
    ((*CONFIGURE, "alternativ-1", "--set", "=svom"), "value_invalid"),
    ((*CONFIGURE, "alternativ-1", "--set", "designated_arena=svom"), "value_invalid"),
    ((*CONFIGURE, "alternativ-1", "--set", "start_side=rsr"), "value_invalid"),
    ((*STATUS, "barnarena-n", "--dormant", *FROM, "--reason", "vilar"), "unknown_forum"),
    ((*STATUS, "ifo-chefsnatverk", "--dormant", *FROM, "--reason", "vilar"), "unknown_forum"),
    ((*STATUS, "berg", "--dormant", *FROM, "--reason", "vilar"), "unknown_forum"),
    ((*STATUS, "svom", "--dormant", "--from", "i höst", "--reason", "vilar"), "date_invalid"),
    ((*STATUS, "svom", "--dormant", *FROM, "--reason", " "), "value_invalid"),
    ((*STATUS, "svom", "--dormant", *FROM, "--reason", "vilar", "--on", "2026-12-24"), "date_in_future"),
    (("forum", "chair", "svum"), "unknown_forum"),
    (("forum", "chair", "politiskt-forum", "--year", "2024"), "value_invalid"),
]


@pytest.mark.parametrize(("words", "code"), BAD_DATA, ids=lambda value: " ".join(value[-4:]) if value[1:] else value)
def test_bad_data_is_refused_with_its_code_and_nothing_is_written(
    county: Office, words: tuple[str, ...], code: str
) -> None:
    refused(county, *words, code=code, exit_code=65)


WRONG_USAGE = [
    (*MONEY[:-1], "-1"),
    (*MONEY[:-1], "många"),
    (*MONEY, "--year", "1999"),
    (*TASK, "--giver", "SRK", "--receiver", "jamtbus", "--kind", "ibland"),
    (*OPEN, "--type", "handlingsplan", "--group", "vuxna", "--level", "officerare"),
    ("structure", "adopt", "alternativ-1", "--minutes", "§ 7"),
    ("structure", "adopt", "alternativ-1", *FROM),
    (*CONFIGURE, "alternativ-1"),
    (*CONFIGURE, "alternativ-3", "--board", "gnus", "--set", "designated_arena=gnus"),
    (*STATUS, "svom", *FROM, "--reason", "vilar"),
    (*STATUS, "svom", "--dormant", "--reason", "vilar"),
    (*STATUS, "svom", "--dormant", *FROM),
    ("forum", "chair"),
    ("forum", "chair", "svom", "--year", "i år"),
    ("route", "explain", "--group", "vuxna"),
]


@pytest.mark.parametrize("words", WRONG_USAGE, ids=lambda words: " ".join(words[-4:]))
def test_a_command_that_is_not_whole_is_wrong_usage(county: Office, words: tuple[str, ...]) -> None:
    refused(county, *words, code=None, exit_code=2)


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ((*MANDATE, "--for", "svum"), "svom"),
        ((*TASK, "--giver", "SamReKo HSSI", "--receiver", "jamtbus"), "samreko-hsi"),
        ((*AUDIT, "--addressee", "regionstyrelse"), "rs"),
        ((*MONEY, "--share", "krokm=100"), "krokom"),
        ((*ADOPT, "alternativ1", *FROM), "alternativ-1"),
        ((*STATUS, "barnarena-n", "--dormant", *FROM, "--reason", "vilar"), "barnarenan"),
        ((*GUIDELINE, "--document", "b1-020"), "b1-20"),
    ],
)
def test_a_near_miss_gets_the_nearest_name(county: Office, words: tuple[str, ...], nearest: str) -> None:
    reply = county(*words)
    assert reply.code in {65, 66}, reply.transcript()
    suggested(reply, nearest)


@pytest.mark.parametrize("difference", [-1, 1, 99])
def test_shares_that_do_not_sum_to_the_amount_are_told_by_how_much(county: Office, difference: int) -> None:
    words = (*MONEY, "--share", "rjh=40", "--share", f"berg={60 + difference}")
    reply = refused(county, *words, code="sum_mismatch", exit_code=65)
    assert f" {abs(difference)} " in reply.error["message"]
    assert str(100 + difference) in reply.error["message"]


def test_names_of_particulars_are_read_as_people_write_them_and_kept_as_ids(county: Office) -> None:
    said = {"giver": "SamReKo HSO", "receiver": "LOKALA jämtbusnätverk", "due": "1/9 2022", "kind": "limited"}
    ref = opened(county, "uppdrag", on="2022-03-01", **said)
    particulars = county.show(ref)["particulars"]
    assert (particulars["giver"], particulars["receiver"]) == ("samreko-hsi", "lokala-jamtbusnatverk")
    assert (particulars["due"], particulars["assignment_kind"]) == ("2022-09-01", "limited")
    money = opened(county, "stimulansmedel", on="2022-03-01", amount="3", share=["RJH=1", "Härjedalen=2"])
    assert county.show(money)["particulars"]["shares"] == {"rjh": 1, "harjedalen": 2}
