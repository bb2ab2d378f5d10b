"""An audit finds the same however it is cut into bundles and whoever judges them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from persistence import bundles as bundling
from persistence.inspection import inspecting
from persistence.judges import Judges, processes_for
from persistence.judging import Bundle, Judge
from persistence.kept import KEPT
from persistence.verification import verify
from tests.persistence.conftest import FILE, SERVER
from tests.persistence.keeping import Keeping, run
from tests.persistence.worked_on import worked_on
from workflow.chain import Finding
from workflow.record import ORGANISATION

Spoil = Callable[[Keeping], object]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    """A database in the middle of the work, in which its owner has done something to every case."""
    keeping = worked_on(Keeping(tmp_path_factory.mktemp("judged")).founded())
    keeping.home.unlock()
    with keeping.rows() as base:
        run(base, "DELETE FROM duty WHERE ref = 'SAM-2026-0001'")
        run(base, "UPDATE event SET stream = 'SAM-2026-0000' WHERE stream = 'SAM-2026-0002' AND version > 7")
        run(base, "UPDATE case_view SET title = 'en annan' WHERE ref = 'SAM-2026-0003'")
        run(base, "UPDATE flag SET ref = 'SAM-2099-0001' WHERE ref = 'SAM-2026-0001'")
        run(base, "DELETE FROM text")
    return keeping


def found(keeping: Keeping, processes: int) -> list[Finding]:
    with inspecting(keeping.database) as inspection:
        return list(verify(inspection, processes=processes).findings)


def test_who_judges_makes_no_difference(kept: Keeping) -> None:
    alone = found(kept, 0)
    assert {finding.check for finding in alone} >= {"duty", "case_view", "flag", "text", "version", "column stream"}
    assert found(kept, 2) == alone


@pytest.mark.parametrize(("most", "least"), [(1, 1), (2, 1), (3, 1), (1000, 1)])
def test_where_bundles_end_makes_no_difference(
    kept: Keeping, monkeypatch: pytest.MonkeyPatch, most: int, least: int
) -> None:
    before = found(kept, 0)
    monkeypatch.setattr(bundling, "CASES_AT_A_TIME", most)
    monkeypatch.setattr(bundling, "_BUNDLES_AT_LEAST", least)
    assert sorted(found(kept, 0), key=repr) == sorted(before, key=repr)


def test_every_row_is_in_exactly_one_bundle(kept: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    for most in (1, 2, 3, 1000):
        monkeypatch.setattr(bundling, "CASES_AT_A_TIME", most)
        with inspecting(kept.database) as inspection, kept.rows() as base:
            ends = inspection.bundle_ends()
            bundles = [inspection.bundle(after, upto) for after, upto in zip([None, *ends], ends, strict=False)]
            for table in ("case_view", "duty", "flag", "outbox"):
                rows = [row for bundle in bundles for kept_rows in bundle.beside[table].values() for row in kept_rows]
                assert sorted(rows, key=repr) == sorted(base.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            read = sum(len(contents) for bundle in bundles for contents in bundle.records.values())
            query = "SELECT count(*) FROM event WHERE stream != ?"
            assert read == base.execute(query, (ORGANISATION,)).fetchone()[0]


def test_what_a_process_that_dies_was_given_is_judged_all_the_same(kept: Keeping) -> None:
    with inspecting(kept.database) as inspection:
        organisation = [(row.seq, row.content) for row in inspection.stream(ORGANISATION)]
        bundles = [inspection.bundle(None, upto) for upto in inspection.bundle_ends()]
        wanted = [Judge(organisation, inspection.rule_files()).judged(bundle) for bundle in bundles]
        for given in (False, True):
            with Judges(organisation, inspection.rule_files(), 1, bundles) as judges:
                (other,) = judges._others  # noqa: SLF001 - to end it at the worst moment
                while given and other._given is None:  # noqa: SLF001 - as above
                    other._line.poll(None)  # noqa: SLF001 - as above
                    judges.keep_busy()
                other._process.kill()  # noqa: SLF001 - as above
                other._process.join()  # noqa: SLF001 - as above
                assert list(judges.judged()) == wanted
    assert any(verdict.findings for verdict in wanted)


@pytest.mark.parametrize("kind", [FILE, SERVER])
def test_cases_are_read_while_the_log_is_and_neither_loses_a_row(
    owned: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundling, "AT_A_TIME", 5)
    with inspecting(owned.database) as inspection:
        seqs: list[int] = []
        bundles = []
        for row in inspection.events():
            if len(seqs) % 7 == 0:
                bundles.append(inspection.bundle(None, ""))
            seqs.append(row.seq)
        assert seqs == list(range(1, inspection.size() + 1))
        rest = len(seqs) - len(inspection.stream(ORGANISATION))
        assert {sum(map(len, bundle.records.values())) for bundle in bundles} == {rest}


@pytest.mark.parametrize(("busy", "helping"), [(0.1, 3), (1.2, 2), (2.9, 0), (9.0, 0)])
def test_only_processors_that_nobody_uses_are_called_to_help(
    monkeypatch: pytest.MonkeyPatch, busy: float, helping: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    monkeypatch.setattr("os.getloadavg", lambda: (busy, 0.0, 0.0), raising=False)
    assert (processes_for(1_000_000), processes_for(1000)) == (helping, 0)


def test_an_empty_office_is_one_bundle(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path).founded()
    with inspecting(keeping.database) as inspection:
        assert inspection.bundle_ends() == [""]
        assert inspection.bundle(None, "") == Bundle({}, {table.name: {} for table in KEPT})
    assert found(keeping, 0) == []


def test_a_record_that_the_index_has_lost_is_missed(tmp_path: Path) -> None:
    """The chain is read by number, cases by their index: who asks by case is not shown such a record."""
    keeping = worked_on(Keeping(tmp_path).founded())
    keeping.home.unlock()
    with keeping.rows() as base:
        row = base.execute("SELECT * FROM event WHERE stream = 'SAM-2026-0001' ORDER BY seq DESC LIMIT 1").fetchone()
        base.execute("DELETE FROM event WHERE seq = ?", row[:1])
        base.execute("CREATE TABLE beside (seq INTEGER PRIMARY KEY, a, b, c, d, e, f, g)")
        base.execute("PRAGMA writable_schema = ON")
        page = "(SELECT rootpage FROM sqlite_schema WHERE name = 'event')"
        base.execute(f"UPDATE sqlite_schema SET rootpage = {page} WHERE name = 'beside'")
    with keeping.rows() as base:
        base.execute(f"INSERT INTO beside VALUES ({', '.join('?' * len(row))})", row)
    assert [each for each in found(keeping, 0) if each.check == "judged"]
