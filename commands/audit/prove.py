"""audit prove: the records of one case, for a party to check by itself."""

import json
from collections.abc import Iterator

import click
from msgspec import to_builtins

from commands.audit.checkpoint import read_kept, replacing
from commands.console import emit_json, filled, remark, say
from commands.params import option
from commands.session import Session
from commands.writing import write_files
from persistence.inspection import Inspection, inspecting
from translations import translate as _
from workflow.bad_data import UnknownCase
from workflow.chain import StoredEvent, require_chain
from workflow.continuation import KeptCheckpoint
from workflow.errors import N_
from workflow.proof import Proof, Prover


@click.command(help=_(N_("Prove to a party that keeps a checkpoint what stands in the log about a case.")))
@click.argument("ref")
@option("--checkpoint", required=True, metavar="FILE", help=N_("The checkpoint that the party keeps."))
@option("--out", metavar="FILE", help=N_("The file to write the proof to; standard output when it is left out."))
@replacing
@click.pass_obj
def prove(session: Session, /, ref: str, checkpoint: str, out: str | None, *, replace: bool) -> None:
    """Gives the proof as JSON. A log that does not continue the checkpoint proves nothing and is refused."""
    kept = read_kept(checkpoint)
    with inspecting(session.database) as inspection:
        proof = _proof(session, inspection, ref, kept)
    told = to_builtins(proof)
    if out is not None:
        document = [json.dumps(told, ensure_ascii=False, indent=2).encode(), b"\n"]
        write_files(session.database, {out: document}, replace=replace)
    covered = sum(record.index < kept.checkpoint.size for record in proof.records)
    count = {"count": len(proof.records), "covered": covered, "since": len(proof.records) - covered}
    if out is None:
        emit_json(told)
    elif session.as_json:
        emit_json({"file": out, "ref": ref, "records": count["count"], "covered": covered})
    else:
        say(filled(N_("Proof of {ref} written to {file}."), ref=ref, file=out))
    if not session.as_json:
        remark(filled(N_("Records: {count}; vouched for by the checkpoint: {covered}; added since: {since}."), **count))


def _proof(session: Session, inspection: Inspection, ref: str, kept: KeptCheckpoint) -> Proof:
    rows = inspection.stream(ref)
    if not rows:
        raise UnknownCase(ref=ref, suggestion=session.store.nearest_ref(ref))
    size = inspection.size()
    # A number that is no place in the log is found below, as the gap it makes.
    prover = Prover(kept, inspection.origin(), size, [row.seq - 1 for row in rows if 0 < row.seq <= size])

    def going_by() -> Iterator[StoredEvent]:
        for row in inspection.events():
            prover.add(row.content)
            yield row

    require_chain(going_by())
    return prover.proof(ref)
