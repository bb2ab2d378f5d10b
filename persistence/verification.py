"""The whole audit: every check over one state of the database, and all that they find."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from msgspec import Struct

from persistence import tables as t
from persistence.checkpoints import subtree_findings
from persistence.database import Database
from persistence.inspection import Inspection, inspecting_as_found
from persistence.judges import Judges, processes_for
from persistence.judging import Bundle, Judge, Stored
from workflow.chain import Finding, StoredEvent, chain_findings, decoded
from workflow.continuation import KeptCheckpoint, Verdict, judged
from workflow.merkle import EMPTY_ROOT, Tree
from workflow.quoted import Quoted, late_findings
from workflow.record import ORGANISATION, Record
from workflow.refusals import DatabaseDamaged, DatabaseUnavailable
from workflow.register.claims import contradicted
from workflow.register.followed import Followed, Log
from workflow.rested import Elsewhere

#: Given the bundles' ends, hands them on one by one: whoever shows progress counts them there.
Watch = Callable[[Sequence[str]], Iterable[str]]

#: Whether a finding is to be told.
Wanted = Callable[[Finding], bool]

#: After how many records it is looked whether somebody who helps has nothing to do.
_A_WHILE = 200

#: What is found of acts because a table is lacking: the table itself is told of once.
_FOLLOWS_FROM = {"rules": t.rule_files.name, "followed": t.rule_files.name}


class Verified(Struct, frozen=True, kw_only=True):
    """How many records were read, everything that does not hold, and what became of each checkpoint."""

    events: int
    findings: tuple[Finding, ...]
    checkpoints: tuple[Verdict, ...] = ()


def verify_as_found(
    database: Database, watch: Watch = iter, kept: Sequence[KeptCheckpoint] = (), wanted: Wanted = lambda _: True
) -> Verified:
    """As ``verify``, of a database that may be damaged: that it cannot be read, or how far, is a finding too.

    Raises NoDatabase, ConfigInvalid, NotPermitted, or DatabaseUnavailable for what may be another time.
    """
    try:
        with inspecting_as_found(database) as inspection:
            return verify(inspection, watch, kept, wanted=wanted)
    except DatabaseDamaged as damage:
        verdicts, strayed = judged(kept, None, 0, {0: EMPTY_ROOT})
        return Verified(events=0, findings=(_of_damage(damage), *strayed), checkpoints=tuple(verdicts))


def verify(
    inspection: Inspection,
    watch: Watch = iter,
    kept: Sequence[KeptCheckpoint] = (),
    processes: int | None = None,
    wanted: Wanted = lambda _: True,
) -> Verified:
    """Database, contents, chain, checkpoints, lawfulness, views: all findings, in that order.

    The log is read twice: by number for the chain, and by its streams for all else. One bundle of them is held at a
    time, and one more by each process that helps. ``kept`` are the checkpoints the log is held to.
    ``processes`` judge beside this one; without a number, as many as pay for the length of the log. ``wanted``
    is asked of every finding whether it is to be told. Where the database is damaged the rest is still judged, as far
    as it can be read.
    """
    noted = _Noted(inspection, wanted)
    with noted.as_far_as_it_goes():
        noted.note(inspection.integrity())
    with noted.as_far_as_it_goes():
        noted.note(inspection.contents())
    chain = _Chain(inspection, kept)
    if t.events.name not in inspection.lacking:
        with noted.as_far_as_it_goes():
            _of_the_log(inspection, chain, noted, watch, processes)
    noted.note(chain.strayed())
    return Verified(events=chain.tree.size, findings=tuple(noted.findings), checkpoints=tuple(chain.verdicts))


class _Noted:
    """What is to be told, as far as the database can be read."""

    def __init__(self, inspection: Inspection, wanted: Wanted) -> None:
        self.findings: list[Finding] = []
        self.damaged = False
        self._inspection, self._wanted = inspection, wanted

    def note(self, found: Iterable[Finding]) -> None:
        """Adds what is found, each as soon as it is."""
        for finding in found:
            if self._wanted(finding) and _FOLLOWS_FROM.get(finding.check) not in self._inspection.lacking:
                self.findings.append(finding)

    @contextmanager
    def as_far_as_it_goes(self) -> Iterator[None]:
        """What cannot be read ends what is done here, and is a finding."""
        try:
            with self._inspection.told():
                yield
        except DatabaseDamaged as damage:
            finding = _of_damage(damage)
            self.note([finding] if finding not in self.findings else [])
            self.damaged = True
        except DatabaseUnavailable:
            # A server answers nothing more once a question of the same transaction has failed.
            if not self.damaged:
                raise


class _Chain:
    """The log by number: how much of it was read, and what becomes of the checkpoints."""

    def __init__(self, inspection: Inspection, kept: Sequence[KeptCheckpoint]) -> None:
        self.tree = Tree()
        self.verdicts: list[Verdict] = []
        self._inspection, self._kept = inspection, kept
        self._origin: str | None = None
        self._roots = {0: EMPTY_ROOT}
        self._told = False

    def findings(self, meanwhile: Callable[[], None]) -> Iterator[Finding]:
        """What is to be said against it. ``meanwhile`` is called every now and then."""
        self._origin = self._inspection.origin()
        quoted, gainsaid = Quoted(self._origin, self.tree), list[Finding]()
        sizes = {each.checkpoint.size for each in self._kept}

        def followed() -> Iterator[StoredEvent]:
            for row in self._inspection.events():
                finding = quoted.follow(row)
                if finding is not None:
                    gainsaid.append(finding)
                if self.tree.size % _A_WHILE == 0:
                    meanwhile()
                if self.tree.size in sizes:
                    self._roots[self.tree.size] = self.tree.root()
                yield row

        yield from chain_findings(followed(), read_elsewhere=True)
        yield from gainsaid
        if quoted.late:
            yield from late_findings(quoted.late, self._inspection.events())
        if t.subtrees.name not in self._inspection.lacking:
            yield from subtree_findings(self.tree.subtrees, self._inspection.subtrees())
        yield from self.strayed()

    def strayed(self) -> list[Finding]:
        """What is to be said of the checkpoints by the records that were read; told once, and ``verdicts`` with it."""
        if self._told:
            return []
        self._told = True
        self.verdicts, strayed = judged(self._kept, self._origin, self.tree.size, self._roots)
        return strayed


def _of_the_log(inspection: Inspection, chain: _Chain, noted: _Noted, watch: Watch, processes: int | None) -> None:
    """Notes what is to be said of the log, by number and by its streams, and of what is kept beside it."""
    organisation = [(row.seq, row.content) for row in inspection.stream(ORGANISATION)]
    rule_files = inspection.rule_files()
    helping = processes_for(inspection.size()) if processes is None else processes
    with Judges(organisation, rule_files, helping, _bundles(inspection, watch)) as judges:
        with noted.as_far_as_it_goes():
            noted.note(chain.findings(judges.keep_busy))
        read = _of_the_streams(inspection, organisation, Judge(organisation, rule_files), judges, noted)
    if read != chain.tree.size and not noted.damaged:
        # An index that has lost a row hides it from whoever asks by case.
        noted.note([Finding(seq=None, case=None, check="judged", expected=str(chain.tree.size), found=str(read))])


def _of_the_streams(
    inspection: Inspection, organisation: Sequence[Stored], judge: Judge, judges: Judges, noted: _Noted
) -> int:
    """Notes what is to be said of each stream, and of what they say of each other; how many records they have."""
    noted.note(judge.of_the_organisation())
    records_of = partial(_records_of, inspection)
    followed = Followed(Log(contents_at=inspection.contents_at, records_of=records_of, context_of=judge.context_of))
    rested = judge.rested_by_the_organisation()
    read = len(organisation)
    for verdict in judges.judged():
        noted.note(verdict.findings)
        noted.note(inspection.missing_texts(verdict.texts))
        against, borne_out = followed.take(verdict.led)
        noted.note(against)
        # What is there as the case asked for it says of the case what was so.
        claims = (claim for claim in verdict.claims if claim.seq not in borne_out)
        noted.note(contradicted(claims, records_of))
        rested.add(verdict.rested)
        read += verdict.records
    noted.note(followed.rest())
    noted.note(Elsewhere(records_of, judge.context_before).unfounded(rested))
    return read


def _of_damage(damage: DatabaseDamaged) -> Finding:
    said = str(damage.values["said"])
    return Finding(seq=None, case=None, check="integrity", expected="ok", found=said)


def _records_of(inspection: Inspection, name: str) -> list[Record]:
    """The records of a stream that can be read."""
    return [record for row in inspection.stream(name) if (record := decoded(row)) is not None]


def _bundles(inspection: Inspection, watch: Watch) -> Iterator[Bundle]:
    after = None
    for upto in watch(inspection.bundle_ends()):
        yield inspection.bundle(after, upto)
        after = upto
