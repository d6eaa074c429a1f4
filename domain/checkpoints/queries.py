"""Checkpoints and what they cover, as the lines of an export."""

from collections.abc import AsyncIterator, Iterable, Mapping

from joserfc.jwk import OKPKey

from domain.checkpoints import sql
from domain.checkpoints.verification import FORMAT, CheckpointLine, EventLine, Fault, HeaderLine, Line, Verifier
from domain.database import Row, Tx
from domain.doctor.seals import recorded
from domain.ids import PREFIXES, show
from domain.ledger import hashing


async def lines(tx: Tx, *, events: bool = True) -> AsyncIterator[Line]:
    """Every checkpoint with its events, oldest first. `tx` sees every row, within one snapshot."""
    yield HeaderLine(format=FORMAT)
    number = 0
    while (row := await sql.after(tx, number)) is not None:
        number = row["number"]
        yield CheckpointLine(signed=row["signed"], leaves=[leaf.hex() for leaf in row["leaves"]])
        if events:
            for event in await sql.covered(tx, row["positions"]):
                yield _line(event)


async def is_empty(tx: Tx) -> bool:
    """Whether there is no checkpoint yet."""
    return await sql.after(tx, 0) is None


async def verify(tx: Tx, keys: Mapping[str, OKPKey], known: Iterable[str] = ()) -> tuple[Verifier, int]:
    """The ledger of a database, verified; and how many events wait for their checkpoint."""
    verifier = Verifier(keys, known)
    async for line in lines(tx):
        verifier.take(line)
    behind, waiting = await sql.uncovered(tx)
    for row in behind:
        verifier.fault(
            show("event", row["id"]), "no checkpoint covers it, and it stands before the newest: it was added"
        )
    verifier.end()
    return verifier, waiting


async def chain_faults(tx: Tx, keys: Mapping[str, OKPKey]) -> list[Fault]:
    """What is wrong with the checkpoints themselves, without their events."""
    verifier = Verifier(keys)
    async for line in lines(tx, events=False):
        if isinstance(line, CheckpointLine):
            verifier.take_alone(line)
    return verifier.faults


def _line(row: Row) -> EventLine:
    event = recorded(row)
    kind = event.subject_type
    whole = row["hash_version"] != 1
    salt = row["salt"] or b""
    return EventLine(
        id=show("event", event.id),
        subject=show(kind, event.subject_id) if kind in PREFIXES else f"{kind} {event.subject_id}",
        version=event.subject_version,
        leaf=row["leaf"].hex(),
        hash=row["hash"].hex(),
        shown=hashing.shown(event) if whole else None,
        private_digest=_digest(hashing.private(event), salt, "private") if whole else None,
        hidden_digest=_digest(hashing.hidden(event), salt, "hidden") if whole else None,
    )


def _digest(content: object, salt: bytes, part: str) -> str:
    return hashing.salted_digest(content, hashing.part_salt(salt, part)).hex()
