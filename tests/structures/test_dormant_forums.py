"""Nobody is told to report to a dormant forum, and no work is given to it: the forum that stands in has both.

Reading G6 (whom the parties report to); which steps wait is told of in the scenarios of changes.
"""

import pytest

from tests.office import Office
from tests.structures.steps import events, explained, opened, sound, take, tried

ALONE = ("--rule", "svom-alone", "--by", "svom", "--reason", "barnarenan är vilande")
AWAKE = ("forum", "status", "barnarenan", "--active")


def answering(office: Office, ref: str) -> tuple[str, list[str], list[str]]:
    """Who is reported to, who sees it as well, and who follows up."""
    route = office.show(ref)["route"]
    return (route["report_to"], route["report_also_to"], route["follow_up"])


def letters(office: Office) -> str:
    """Every letter that has been sent, as it left."""
    office("outbox", "send", expect=0)
    return "\n".join(each.read_text("utf-8") for each in office.folder.rglob("*.eml"))


@pytest.mark.parametrize(("group", "told"), [("barn-unga", "barnarenan"), ("alla", "svom")])
def test_a_matter_of_the_time_without_barnarenan_is_reported_to_svom(county: Office, group: str, told: str) -> None:
    """Also where two forums recommend: then SVOM is told once, and nobody else sees it."""
    before = explained(county, "ök", group, on="2023-09-30")
    assert before["report_to"] == told
    assert "barnarenan" in before["follow_up"]
    assert before["dormant"] == []
    ref = opened(county, "ök", group, on="2023-10-01")
    assert answering(county, ref) == ("svom", [], ["svom"])
    assert "barnarenan" in county.show(ref)["route"]["political"]
    after = explained(county, "ök", group, on="2024-03-15")
    assert (after["report_to"], after["follow_up"], after["dormant"]) == ("svom", ["svom"], ["barnarenan"])


def test_what_svom_alone_recommends_is_sent_out_by_svom_and_reported_to_it(county: Office) -> None:
    ref = opened(county, "ök", "barn-unga", on="2024-02-01", text=county.paper("text"))
    take(county, ref, "prepare SRK 2024-02-20")
    assert tried(county, ref, "recommend barnarenan 2024-03-15").error["code"] == "no_active_forum"
    county("case", "override", ref, *ALONE, "--on", "2024-03-15", expect=0)
    assert take(county, ref, "recommend svom 2024-03-15") == "recommended_by_political_forum"
    assert county.show(ref)["waiting_for"] == ["svom"]
    take(county, ref, "dispatch 2024-03-18")
    mail = letters(county)
    assert "SVOM" in mail
    assert "Barnarenan" not in mail
    sound(county)


def recommended_in_september(office: Office) -> str:
    """A matter Barnarenan has recommended in its last month."""
    ref = opened(office, "ök", "barn-unga", on="2023-05-02")
    take(office, ref, "prepare SRK 2023-06-01", "recommend barnarenan 2023-09-01")
    assert answering(office, ref) == ("barnarenan", [], ["barnarenan"])
    return ref


def test_what_barnarenan_recommended_before_it_fell_dormant_is_reported_to_svom(county: Office) -> None:
    ref = recommended_in_september(county)
    before = events(county, ref)
    assert take(county, ref, "dispatch 2023-10-10") == "sent_to_parties"
    assert events(county, ref)[len(before) :] == ["rerouted", "dispatched"]
    assert answering(county, ref) == ("svom", [], ["svom"])
    row = next(row for row in county("case", "history", ref, expect=0).json if row["kind"] == "rerouted")
    assert (row["on"], row["data"]["structure"], row["data"]["before"]) == ("2023-10-01", "nuvarande", "nuvarande")
    shown = county.show(ref)
    assert shown["route"]["political"] == shown["done"]["political"] == ["barnarenan"]
    sound(county)


def test_the_sweep_finds_the_matter_that_waits_for_a_secretary_who_is_gone(county: Office) -> None:
    ref = recommended_in_september(county)
    assert county("sweep", today="2023-09-30", expect=0).json["rerouted"] == []
    assert county.show(ref)["waiting_for"] == ["barnarenan"]
    assert ref in county("sweep", "--dry-run", today="2023-10-02", expect=0).json["rerouted"]
    assert ref in county("sweep", today="2023-10-02", expect=0).json["rerouted"]
    assert county.show(ref)["waiting_for"] == ["svom"]
    assert county("sweep", today="2023-10-03", expect=0).json["rerouted"] == []
    told = county("audit", "replay", ref, json=False, expect=0).out
    assert "dormant" in told
    sound(county)


def test_a_step_in_barnarenans_time_recorded_late_takes_nothing_from_svom(county: Office) -> None:
    ref = opened(county, "ök", "barn-unga", on="2023-05-02")
    take(county, ref, "prepare SRK 2023-10-20")
    assert answering(county, ref)[0] == "svom"
    before = events(county, ref)
    take(county, ref, "anchor deltagarnas-organisationer 2023-09-20")
    assert events(county, ref)[len(before) :] == ["step_taken"]
    assert answering(county, ref)[0] == "svom"
    sound(county)


def test_barnarenan_that_is_active_again_is_reported_to_again(county: Office) -> None:
    ref = opened(county, "ök", "barn-unga", on="2024-01-10")
    county(*AWAKE, "--from", "2024-02-01", "--reason", "återupptagen", expect=0)
    take(county, ref, "prepare SRK 2024-02-10")
    assert answering(county, ref) == ("barnarenan", [], ["barnarenan"])
    assert take(county, ref, "recommend barnarenan 2024-03-01") == "recommended_by_political_forum"
    sound(county)


def test_other_matters_of_a_dormant_forum_are_given_to_nobody_else(county: Office) -> None:
    """The papers speak of what the parties report; an uppdrag is reported to whoever gave it."""
    route = explained(
        county, "uppdrag", giver="barnarenan", receiver="samreko-hsi", structure="nuvarande", on="2024-03-01"
    )
    assert (route["report_to"], route["ratify"], route["dormant"]) == ("barnarenan", False, ["barnarenan"])


def test_a_person_reads_that_a_forum_of_the_route_is_dormant(county: Office) -> None:
    """Scenario 20: every forum of a route is active on the day, or it is said."""
    words = ("route", "explain", "--type", "ök", "--group", "barn-unga", "--on")
    for lang, mark in (("sv", "vilande"), ("en", "dormant")):
        out = county(*words, "2024-03-15", json=False, lang=lang, expect=0).out
        line = next(line for line in out.splitlines() if line.startswith("!"))
        assert ("Barnarenan" in line, mark in line, "2023-10-01" in line) == (True, True, True)
        assert "!" not in county(*words, "2023-09-30", json=False, lang=lang, expect=0).out


def test_the_work_on_barnarenans_documents_is_svoms_while_it_is_dormant(county: Office) -> None:
    """Rows 14 to 19 of Bilaga 1: the follow-up is SVOM's in that time, and the temporary way's after it."""
    county("register", "import", "--on", "2023-09-01", today="2023-09-01", expect=0)
    rows = {f"b1-{row}" for row in range(14, 20)}

    def assigned(day: str) -> dict[str, set[str]]:
        county("sweep", today=day, expect=0)
        flags = county("flag", "list", today=day, expect=0).json
        return {
            row: {body for flag in flags if flag.get("document") == row for body in flag["assigned_to"]} for row in rows
        }

    def owners(day: str) -> set[str]:
        listed = county("register", "list", "--as-of", day, expect=0).json
        return {each["owner"] for each in listed if each["id"] in rows}

    assert set.union(*assigned("2023-09-02").values()) == {"barnarenan"}
    assert owners("2023-09-02") == {"barnarenan"}
    asleep = assigned("2024-03-01")
    assert set.union(*asleep.values()) == {"svom"}
    assert owners("2024-03-01") == {"svom"}
    assert all(each["body"] != "barnarenan" for each in county("worklist", today="2024-03-01", expect=0).json)
    assert set.union(*assigned("2024-10-02").values()) == {"svom", "buz"}
    sound(county)


def test_a_forum_that_is_active_again_has_its_work_and_its_matters_back_by_the_sweep(county: Office) -> None:
    county("register", "import", "--on", "2023-09-01", today="2023-09-01", expect=0)
    ref = recommended_in_september(county)
    county("sweep", today="2023-10-02", expect=0)
    assert county.show(ref)["waiting_for"] == ["svom"]
    county(*AWAKE, "--from", "2024-04-01", "--reason", "återupptagen", expect=0)
    assert county("sweep", today="2024-03-31", expect=0).json["rerouted"] == []
    assert ref in county("sweep", today="2024-04-02", expect=0).json["rerouted"]
    assert answering(county, ref)[0] == "barnarenan"
    flags = county("flag", "list", today="2024-04-02", expect=0).json
    rows = {f"b1-{row}" for row in range(14, 20)}
    assert {body for flag in flags if flag.get("document") in rows for body in flag["assigned_to"]} == {"barnarenan"}
    assert county("sweep", today="2024-04-03", expect=0).json["rerouted"] == []
    sound(county)


def test_a_document_entered_while_nobody_answers_for_it_is_its_forums_once_that_is_active(county: Office) -> None:
    asleep = ("forum", "status", "svom", "--dormant", "--from", "2025-06-01", "--reason", "vilar")
    county(*asleep, expect=0)
    county("register", "import", "--on", "2025-07-01", today="2025-07-01", expect=0)
    county("forum", "status", "svom", "--active", "--from", "2025-09-01", "--reason", "igen", expect=0)
    county("sweep", today="2025-10-02", expect=0)
    listed = {row["id"]: row["owner"] for row in county("register", "list", "--as-of", "2025-10-02", expect=0).json}
    flags = county("flag", "list", today="2025-10-02", expect=0).json
    assigned = {flag["document"]: flag["assigned_to"] for flag in flags if flag.get("document") in {"b1-04", "b1-09"}}
    assert listed["b1-09"] == "svom"
    assert assigned == {"b1-04": ["svom"], "b1-09": ["svom"]}
    sound(county)


def test_a_change_of_who_is_reported_to_completes_no_step_before_its_day(county: Office) -> None:
    ref = opened(county, "ök", "alla", on="2023-05-02")
    take(county, ref, "prepare SRK 2023-06-01", "prepare FG 2023-06-02", "recommend barnarenan 2023-09-20")
    take(county, ref, "anchor deltagarnas-organisationer 2023-10-05", "recommend svom 2023-09-10")
    assert "rerouted" in events(county, ref)
    states = [county("case", "show", ref, "--as-of", f"2023-09-{day}", expect=0).json["state"] for day in (15, 20)]
    assert states == ["recommended_by_leadership", "recommended_by_political_forum"]
