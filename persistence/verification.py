"""The whole audit: every check over one state of the database, and all that they find."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from persistence.checkpoints import subtree_findings
from persistence.inspection import Inspection
from persistence.judges import Judges, processes_for
from persistence.judging import Bundle, Judge
from workflow.chain import Finding, StoredEvent, chain_findings, decoded
from workflow.continuation import KeptCheckpoint, Verdict, judged
from workflow.merkle import EMPTY_ROOT, Tree
from workflow.quoted import Quoted, late_findings
from workflow.record import ORGANISATION, Record
from workflow.register.claims import contradicted
from workflow.register.followed import Followed, Log
from workflow.rested import Elsewhere

#: Given the bundles' ends, hands them on one by one: whoever shows progress counts them there.
Watch = Callable[[Sequence[str]], Iterable[str]]


#: After how many records it is looked whether somebody who helps has nothing to do.
_A_WHILE = 200


class Verified(Struct, frozen=True, kw_only=True):
    """How many records were read, everything that does not hold, and what became of each checkpoint."""

    events: int
    findings: tuple[Finding, ...]
    checkpoints: tuple[Verdict, ...] = ()


def verify(
    inspection: Inspection,
    watch: Watch = iter,
    kept: Sequence[KeptCheckpoint] = (),
    processes: int | None = None,
) -> Verified:
    """Database, contents, chain, checkpoints, lawfulness, views: all findings, in that order.

    The log is read twice: by number for the chain, and by its streams for all else. One bundle of them is held at a
    time, and one more by each process that helps. ``kept`` are the checkpoints the log is held to.
    ``processes`` judge beside this one; without a number, as many as pay for the length of the log.
    """
    organisation = [(row.seq, row.content) for row in inspection.stream(ORGANISATION)]
    rule_files = inspection.rule_files()
    helping = processes_for(inspection.size()) if processes is None else processes
    with Judges(organisation, rule_files, helping, _bundles(inspection, watch)) as judges:
        findings = [*inspection.integrity(), *inspection.contents()]
        events, verdicts, found = _of_the_chain(inspection, kept, judges.keep_busy)
        findings.extend(found)
        judge = Judge(organisation, rule_files)
        findings.extend(judge.of_the_organisation())
        records_of = partial(_records_of, inspection)
        followed = Followed(Log(contents_at=inspection.contents_at, records_of=records_of, context_of=judge.context_of))
        rested = judge.rested_by_the_organisation()
        read = len(organisation)
        for verdict in judges.judged():
            findings.extend(verdict.findings)
            findings.extend(inspection.missing_texts(verdict.texts))
            against, borne_out = followed.take(verdict.led)
            findings.extend(against)
            # What is there as the case asked for it says of the case what was so.
            claims = (claim for claim in verdict.claims if claim.seq not in borne_out)
            findings.extend(contradicted(claims, records_of))
            rested.add(verdict.rested)
            read += verdict.records
        findings.extend(followed.rest())
        findings.extend(Elsewhere(records_of, judge.context_before).unfounded(rested))
    if read != events:
        # An index that has lost a row hides it from whoever asks by case.
        findings.append(Finding(seq=None, case=None, check="judged", expected=str(events), found=str(read)))
    return Verified(events=events, findings=tuple(findings), checkpoints=tuple(verdicts))


def _of_the_chain(
    inspection: Inspection, kept: Sequence[KeptCheckpoint], meanwhile: Callable[[], None]
) -> tuple[int, Sequence[Verdict], list[Finding]]:
    """How many records there are, what became of the checkpoints, and what is to be said against the chain.

    ``meanwhile`` is called every now and then.
    """
    origin, tree = inspection.origin(), Tree()
    quoted, gainsaid = Quoted(origin, tree), list[Finding]()
    sizes, roots = {each.checkpoint.size for each in kept}, {0: EMPTY_ROOT}

    def followed() -> Iterator[StoredEvent]:
        for row in inspection.events():
            finding = quoted.follow(row)
            if finding is not None:
                gainsaid.append(finding)
            if tree.size % _A_WHILE == 0:
                meanwhile()
            if tree.size in sizes:
                roots[tree.size] = tree.root()
            yield row

    findings = list(chain_findings(followed(), read_elsewhere=True))
    if quoted.late:
        gainsaid += late_findings(quoted.late, inspection.events())
    verdicts, strayed = judged(kept, origin, tree.size, roots)
    beside = subtree_findings(tree.subtrees, inspection.subtrees())
    return tree.size, verdicts, [*findings, *gainsaid, *beside, *strayed]


def _records_of(inspection: Inspection, name: str) -> list[Record]:
    """The records of a stream that can be read."""
    return [record for row in inspection.stream(name) if (record := decoded(row)) is not None]


def _bundles(inspection: Inspection, watch: Watch) -> Iterator[Bundle]:
    after = None
    for upto in watch(inspection.bundle_ends()):
        yield inspection.bundle(after, upto)
        after = upto
