"""What people write is read as the one thing it can mean, and otherwise refused with the nearest there is."""

import unicodedata
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.bad_data import NotAParty, UnknownName, UnknownParty, ValueInvalid
from workflow.names import Names, fold_name
from workflow.refusals import OnlyPartyDecides
from workflow.rule_tables import Named
from workflow.rulebook import shipped_rules

RULES = shipped_rules()
COUNTY = RULES.county
Find = Callable[[Names, str], str]

KINDS: dict[str, tuple[Find, list[Named]]] = {
    "type": (Names.document_type, list(COUNTY.type)),
    "group": (Names.group, list(COUNTY.group)),
    "sector": (Names.sector, list(COUNTY.sector)),
    "body": (Names.body, list(RULES.bodies())),
    "party": (lambda names, text: names.party(text, "SAM-2026-0001"), list(COUNTY.party)),
    "body or party": (Names.body_or_party, [*COUNTY.party, *RULES.bodies(), *COUNTY.organisation]),
    "structure": (
        Names.structure,
        [Named(id=each, name=RULES.structure(each).structure.name) for each in RULES.structure_ids],
    ),
}
EVERY = [(kind, named) for kind, (_find, entries) in KINDS.items() for named in entries]


def spellings(name: str) -> Iterable[str]:
    """The ways one name may be written."""
    yield from (name, name.upper(), name.lower(), name.casefold(), name.title())
    yield unicodedata.normalize("NFD", name)
    yield f"  {name.replace(' ', '   ')}\t"


def find(kind: str, text: str) -> tuple[str, Names]:
    names = Names(RULES)
    return KINDS[kind][0](names, text), names


@pytest.mark.parametrize(("kind", "named"), EVERY, ids=[f"{kind}: {named.id}" for kind, named in EVERY])
def test_a_thing_is_found_by_id_name_and_alias_however_they_are_written(kind: str, named: Named) -> None:
    for name in (named.id, named.name, *named.aliases):
        for written in spellings(name):
            found, names = find(kind, written)
            assert found == named.id, written
            assert names.remarks == [], written


@pytest.mark.parametrize(("kind", "named"), EVERY, ids=[f"{kind}: {named.id}" for kind, named in EVERY])
def test_a_misspelling_that_the_sources_have_is_read_and_said_aloud(kind: str, named: Named) -> None:
    for name in named.misspellings:
        found, names = find(kind, name)
        assert found == named.id, name
        if kind != "sector":
            assert [remark.values for remark in names.remarks] == [{"written": name, "name": named.name}]


def test_there_are_misspellings_to_read() -> None:
    assert any(named.misspellings for _, named in EVERY)


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_things_of_a_kind_share_a_name(kind: str) -> None:
    meant: dict[str, set[str]] = {}
    for named in KINDS[kind][1]:
        for name in (named.id, named.name, *named.aliases, *named.misspellings):
            meant.setdefault(fold_name(name), set()).add(named.id)
    assert {name: ids for name, ids in meant.items() if len(ids) > 1} == {}


LONG = [(kind, named) for kind, named in EVERY if kind != "sector" and len(named.id) > 4]


@given(st.sampled_from(LONG), st.data())
def test_a_slip_of_the_pen_is_refused_and_the_nearest_is_named(one: tuple[str, Named], data: st.DataObject) -> None:
    kind, named = one
    place = data.draw(st.integers(0, len(named.id) - 1))
    instead = data.draw(st.sampled_from(["", "q", named.id[place] * 2]))
    written = named.id[:place] + instead + named.id[place + 1 :]
    known = {
        fold_name(name) for each in KINDS[kind][1] for name in (each.id, each.name, *each.aliases, *each.misspellings)
    }
    if fold_name(written) in known:
        return
    with pytest.raises(UnknownName) as refusal:
        find(kind, written)
    assert refusal.value.values["name"] == written
    assert refusal.value.suggestion in {each.id for each in KINDS[kind][1]}


def test_the_nearest_of_the_parties_is_the_one_that_was_meant() -> None:
    for written, meant in {
        "krokon": "krokom",
        "Östersun": "ostersund",
        "stromsun": "stromsund",
        "Ragund": "ragunda",
    }.items():
        with pytest.raises(UnknownParty) as refusal:
            find("party", written)
        assert refusal.value.suggestion == meant


def test_where_nothing_is_near_nothing_is_suggested() -> None:
    with pytest.raises(UnknownParty) as refusal:
        find("party", "Göteborgs stad")
    assert refusal.value.suggestion is None
    assert "krokom" in str(refusal.value.values["known"])


def test_another_organisation_is_no_party_and_a_forum_never_decides_for_one() -> None:
    with pytest.raises(NotAParty):
        find("party", "KFJH")
    with pytest.raises(NotAParty):
        find("party", "politiskt forum")
    with pytest.raises(OnlyPartyDecides):
        Names(RULES).party("politiskt forum", "SAM-2026-0001", deciding=True)


def test_an_unknown_sector_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueInvalid) as refusal:
        find("sector", "skolan och annat")
    assert "skola" in str(refusal.value.values)


@given(st.text(), st.sampled_from(sorted(KINDS)))
def test_no_text_is_worse_than_unknown(text: str, kind: str) -> None:
    try:
        found, _ = find(kind, text)
    except (UnknownName, ValueInvalid, NotAParty, OnlyPartyDecides):
        return
    assert found in {named.id for named in KINDS[kind][1]}
