"""A county's table is read whole or not at all, and every fault of it is told in one go."""

import csv
import io
import itertools
import unicodedata

import pytest

from tests.register.tables import BILAGA, KNOWN, faults_of, known, read, table, told
from workflow.register.columns import COLUMNS, column_of
from workflow.register.faults import MOST_TOLD, FaultyRegister
from workflow.register.importing import entries_of
from workflow.register.terms import NoticeRule, Validity

TEXT = BILAGA.read_text("utf-8")
REGISTER = read(TEXT)
HEAD = "id;title;type;group;validity_text"
ROW = "d-{0};Avtal {0};avtal;vuxna;2024-"


def test_the_file_of_bilaga_1_gives_its_documents_as_the_rule_set_has_them() -> None:
    own = [KNOWN.row(number) for number in range(1, 28)]
    assert [entry.id for entry in REGISTER] == [f"b1-{number:02}" for number in range(1, 28)]
    for entry, document in zip(REGISTER, own, strict=True):
        assert document is not None
        assert (entry.id, entry.title, entry.type) == (document.id, document.title, document.type)
        assert (entry.group, entry.level) == (document.group, document.level)
        assert (entry.recommending, entry.preparing) == (document.recommending, document.preparing)
        exception = document.exception
        assert (entry.variant, entry.lifted) == ((exception.variant, exception.lifted) if exception else (None, False))


def test_the_terms_of_bilaga_1_are_those_of_its_columns() -> None:
    terms = {entry.id: entry.terms for entry in REGISTER}

    def having(column: str, value: object) -> list[int]:
        return [int(each[3:]) for each, found in terms.items() if getattr(found, column) == value]

    assert [int(each[3:]) for each, found in terms.items() if found.validity.ambiguous] == [12, 13, 24]
    assert having("incomplete", found := True) == [10]
    assert having("review_wanted", found) == [14, 16, 17, 18, 19, 20]
    assert having("revision_every", 3) == [15, 17]
    assert having("statutory", "note") == [15]
    assert having("statutory", "area") == [3, 4, 8, 25]
    assert having("follow_up", "none") == [1, 5, 6, 9, 10, 16, 27]
    assert having("follow_up", "no_period") == [22, 26]
    assert having("follow_up", "no_period_after_successor") == [7]
    assert having("follow_up", "yearly_after_successor") == [3, 4, 8, 11, 17]
    assert terms["b1-09"].validity.notice == NoticeRule(months=3, yearly=True)
    assert terms["b1-09"].validity.kind == "silent_renewal"
    assert terms["b1-26"].validity.ends_with == "b1-07"


def test_what_was_misspelt_is_remarked_upon() -> None:
    fresh = known()
    list(entries_of([TEXT.encode()], fresh, "register.csv"))
    assert [remark.values["written"] for remark in fresh.remarks] == ["SamReKo HSO", "Hjälpmiddelsberedningsgruppen"]


ENDS = ["\n", "\r\n", "\r"]


@pytest.mark.parametrize("end", ENDS, ids=ascii)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("composed", ["composed", ""], ids=["NFC", "NFD"])
def test_a_file_is_the_same_whatever_program_wrote_it(end: str, mark: str, separator: str, composed: str) -> None:
    out = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(TEXT), delimiter=";")
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    written = unicodedata.normalize("NFC" if composed else "NFD", mark + out.getvalue())
    assert written.encode() != TEXT.encode()
    assert read(written) == REGISTER


@pytest.mark.parametrize("at_a_time", [1, 2, 3, 7, 4096])
def test_it_does_not_matter_in_which_pieces_the_bytes_come(at_a_time: int) -> None:
    written = "\ufeff" + TEXT.replace("\n", "\r\n")
    assert read(written, at_a_time) == REGISTER


def test_rows_are_numbered_alike_in_whichever_pieces_the_bytes_come() -> None:
    content = table(HEAD, ROW.format(1), ROW.format(2).replace("2024-", "x")).replace("\n", "\r\n").encode()
    for at_a_time in (1, 2, 3, 1000):
        with pytest.raises(FaultyRegister) as refused:
            read(content, at_a_time)
        assert [fault.row for fault in refused.value.faults] == [3]


def test_a_heading_may_be_swedish_in_any_letter_case_and_the_columns_in_any_order() -> None:
    swedish = table(
        "Rekommenderande forum;Titel;DOKUMENTTYP;Giltighet;id;Målgrupp;Uppsägning;Förlängning;Lagstadgad;Parter",
        "SVOM+barnarenan;Avtal X;Avtal;2020-2022;x;Barn och unga;3 månader, part;tyst förlängning;Nej;Berg + RJH",
    )
    (entry,) = read(swedish)
    assert (entry.id, entry.recommending, entry.group, entry.parties) == (
        "x",
        ("svom", "barnarenan"),
        "barn-unga",
        ("berg", "rjh"),
    )
    assert entry.terms.validity.notice == NoticeRule(months=3, scope="party")


def test_no_heading_names_two_columns() -> None:
    named = [(name, column) for column, others in COLUMNS.items() for name in (column, *others)]
    assert all(column_of(name) == column for name, column in named)
    assert len({name for name, _ in named}) == len(named)


def test_every_fault_is_told_in_one_go_with_its_row_and_its_column() -> None:
    rows = table(
        "Id;Titel;Typ;Grupp;Giltighet;valid_from;notice_rule;recommending_forums;parties;followup_rule;statutory",
        "a;Avtal A;avtal;vuxna;2024-;;;SVOM;;;",
        "a;Avtal A;avtal;vuxna;2024-;;;SVOM;;;",
        "B!;;avtl;barnn;2026-2024;2024-13-01;soon;SVON + svom;KFJH + Bergg;sometimes;maybe",
        "c;Kort rad",
        'd;"Avtal "D"";avtal;vuxna;2024-;;;;;;',
        "e;Avtal E;avtal;vuxna;2024-;2023-01-01;;;;;",
        "f;Avtal F;avtal;vuxna;2024-;;3 months;;;;",
        "g;=HYPERLINK();avtal;vuxna;2024-;;;;;;;extra",
    )
    assert [fault[:2] for fault in faults_of(rows)] == [
        (3, "Id"),
        *[(4, column) for column in ("Titel", "Id", "Typ", "Grupp", "recommending_forums", "parties", "parties")],
        *[(4, column) for column in ("Giltighet", "followup_rule", "statutory", "valid_from", "notice_rule")],
        (5, ""),
        (6, ""),
        (7, "valid_from"),
        (8, "notice_rule"),
        (9, ""),
    ]


def test_a_fault_carries_the_code_of_its_refusal_and_the_nearest_name() -> None:
    rows = table(f"{HEAD};recommending_forums;parties", "a;A;avtal;vuxna;2026-24;SVON;Bergg", "b;B;policyy;;;;KFJH")
    with pytest.raises(FaultyRegister) as refused:
        read(rows)
    assert [(fault.code, fault.suggestion) for fault in refused.value.faults] == [
        ("unknown_forum", "svom"),
        ("unknown_party", "berg"),
        ("validity_invalid", None),
        ("unknown_type", "policy"),
        ("not_a_party", None),
    ]
    assert (refused.value.code, refused.value.exit_code, refused.value.count) == ("value_invalid", 65, 5)
    assert told(refused.value.faults[0]) == (2, "recommending_forums", "Unknown forum or group: «SVON».")


def test_faults_beyond_those_that_are_told_are_counted() -> None:
    rows = [ROW.format(number).replace("2024-", "?") for number in range(MOST_TOLD * 3)]
    with pytest.raises(FaultyRegister) as refused:
        read(table(HEAD, *rows))
    assert (len(refused.value.faults), refused.value.count) == (MOST_TOLD, MOST_TOLD * 3)


def test_no_entry_comes_after_the_first_fault_and_the_rest_is_read_for_its_faults() -> None:
    wrong = ROW.format(2).replace("avtal;", "avtl;")
    given = entries_of([table(HEAD, ROW.format(1), wrong, ROW.format(3), wrong).encode()], KNOWN, "register.csv")
    assert next(given).id == "d-1"
    with pytest.raises(FaultyRegister) as refused:
        next(given)
    assert [fault.row for fault in refused.value.faults] == [3, 5]


HEADINGS = {
    "id;titel": [(1, "type", "the column is missing.")],
    "title;type": [(1, "id", "either this column or «row» is needed.")],
    "id;title;typ;colour": [(1, "colour", "there is no such column.")],
    "id;title;typ;type": [(1, "typ", "the column stands there twice.")],
    "id;title;typ;;grupp": [(1, "", "there is no such column.")],
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_with_faults_is_told_whole(heading: str) -> None:
    assert faults_of(table(heading, "a;b;c;d;e")) == HEADINGS[heading]


def test_cells_that_a_spreadsheet_leaves_empty_behind_the_last_column_do_not_matter() -> None:
    assert read(table(HEAD + ";;", ROW.format(1) + ";;", "", ";;;;;;")) == read(table(HEAD, ROW.format(1)))


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    first, second = 'd-1;"Avtal\növer tre\nrader";avtal;vuxna;2024-', ROW.format(2).replace("2024-", "x")
    rows = table(";;;;", HEAD, first, "", second)
    assert [row for row, *_ in faults_of(rows)] == [5]
    (entry,) = read(rows.replace(second, ""))
    assert entry.title == "Avtal över tre rader"


def test_without_an_id_the_number_of_the_row_gives_it() -> None:
    assert [entry.id for entry in read(table("row;title;type", "7;Ett eget avtal;avtal"))] == ["r-7"]
    titled = REGISTER[14].title
    assert [entry.id for entry in read(table("row;title;type", f"15;{titled.upper()};ök"))] == ["b1-15"]
    ((row, column, message),) = faults_of(table("row;title;type", f"15;{titled}en;ök"))
    assert (row, column) == (2, "title")
    assert "b1-15" in message
    for wrong in ("0", "-1", "x", "", "\N{ARABIC-INDIC DIGIT ONE}"):
        assert faults_of(table("row;title;type", f"{wrong};Avtal;avtal"))[0][:2] == (2, "row")


def test_a_document_whose_route_cannot_be_told_stands_there_incomplete() -> None:
    rows = table(f"{HEAD};level;incomplete", "a;A;avtal;;2024-;;", "b;B;handlingsplan;vuxna;2024-;;", "c;C;policy;;;;")
    assert [(entry.id, entry.terms.incomplete) for entry in read(rows)] == [("a", True), ("b", True), ("c", False)]
    assert [entry.terms.incomplete for entry in read(rows.replace("2024-;;\n", "2024-;political;no\n"))[:2]] == [
        False,
        False,
    ]


AGREED = [
    ("2023;;2023-12-31;;none", Validity(kind="fixed"), False),
    ("2023;;2023-12-31 (ambiguous);;none", Validity(kind="fixed"), True),
    ("2023;;;;", Validity(kind="fixed"), True),
    ("2023;2023-01-01;2026-06-30;;none", Validity(kind="fixed"), False),
    ("2023;;;;open-ended", Validity(kind="open_ended"), False),
    (";1/1 2023;31/12 2023;;", Validity(kind="fixed"), False),
    ("2013–2015;;;;rolling_year", Validity(kind="rolling_year"), False),
    ("2013–2015 (förlängd tom 2017);;;2019-12-31;extended once (2 years)", Validity(kind="fixed"), False),
    ("Tom 2024-12-31;2020-01-01;;;", Validity(kind="fixed"), False),
]
DATED = "id;title;type;group;validity_text;valid_from;valid_to;extended_to;renewal_rule"


@pytest.mark.parametrize(("cells", "kind", "ambiguous"), AGREED, ids=lambda each: each if isinstance(each, str) else "")
def test_the_columns_say_more_exactly_what_the_text_says(cells: str, kind: Validity, ambiguous: bool) -> None:  # noqa: FBT001 - one column of the table above
    (entry,) = read(table(DATED, f"a;A;avtal;vuxna;{cells}"))
    validity = entry.terms.validity
    given = [cell.removesuffix(" (ambiguous)") for cell in cells.split(";")[2:4] if cell.startswith("2")]
    assert (validity.kind, validity.ambiguous) == (kind.kind, ambiguous)
    assert set(given) <= {str(validity.end), str(validity.extended_to)}


CONTRADICTIONS = {
    "2014–2025;2015-01-01;;;": "valid_from",
    "2014–2025;;2026-12-31;;": "valid_to",
    "2014–2025 (förlängd tom 2027);;;2026-12-31;": "extended_to",
    "2014–2025;;;2025-12-31;": "extended_to",
    "2014–2025;;;;open-ended": "renewal_rule",
    "2024-;;2025-12-31;;": "valid_to",
    "2024-;;;2025-12-31;": "extended_to",
    ";2024-01-01;;;": "renewal_rule",
    ";2024-01-01;;;none": "valid_to",
    ";2024-01-01;2023-12-31;;": "valid_to",
    ";2024-01-01;;;ends on event": "event",
    "2014–2025;;;;extended once": "extended_to",
    ";;;;some day": "renewal_rule",
}


@pytest.mark.parametrize("cells", CONTRADICTIONS)
def test_columns_that_contradict_the_text_or_one_another_are_a_fault(cells: str) -> None:
    assert [fault[1] for fault in faults_of(table(DATED, f"a;A;avtal;vuxna;{cells}"))] == [CONTRADICTIONS[cells]]


def test_the_years_of_a_cycle_must_be_its_own() -> None:
    head = f"{HEAD};revision_cycle"
    for cell, right in (
        ("every third year: 2027, 2030, …", True),
        ("every 3 years: 2026", False),
        ("every 0 years", False),
    ):
        rows = table(head, f"a;A;avtal;vuxna;2024-;{cell}")
        if right:
            assert read(rows)[0].terms.revision_every == 3
        else:
            assert [fault[1] for fault in faults_of(rows)] == ["revision_cycle"]


def test_two_equal_ids_are_found_however_far_apart_they_stand() -> None:
    rows = [ROW.format(number) for number in itertools.chain(range(3000), [1700])]
    assert faults_of(table(HEAD, *rows)) == [(3002, "id", "the id of the document is that of row 1702.")]


def test_the_words_that_the_swedish_messages_tell_are_read() -> None:
    head = f"{DATED};uppsägning;revidering;efterträdare;uppföljning;lagstadgad"
    cells = ";2020-01-01;2022-12-31;;tyst förlängning;3 månader, part;vart 3:e år (review needed);nytt dokument väntas"
    (entry,) = read(table(head, f"a;A;avtal;vuxna;{cells};årligen;nej", ""))
    assert (entry.terms.revision_every, entry.terms.review_wanted, entry.terms.successor_expected) == (3, True, True)
    assert entry.terms.validity.notice == NoticeRule(months=3, scope="party")
    none = "a;A;avtal;vuxna;2024-;;;;tills vidare;ingen;ingen;{};ingen;nej"
    assert read(table(head, none.format("upphör när nytt finns")))[0].terms.incomplete is False
    assert read(table(head, none.format("öppen fråga")))[0].terms.incomplete is True
