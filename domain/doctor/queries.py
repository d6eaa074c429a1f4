"""Running the checks. The transaction they share is the caller's: one snapshot, or running work would look like a fault."""

from collections.abc import Iterable
from uuid import UUID

from domain.database import Tx
from domain.doctor.model import SHOWN, Check, Finding, Found
from domain.ids import PREFIXES, show


async def examine(tx: Tx, checks: Iterable[Check]) -> list[Finding]:
    """What does not hold of those of `checks` that are SQL, in their order."""
    findings = []
    for check in checks:
        if check.sql is not None:
            finding = await _one(tx, check, check.sql)
            if finding is not None:
                findings.append(finding)
    return findings


async def _one(tx: Tx, check: Check, sql: str) -> Finding | None:
    rows = await tx.fetch(
        f"SELECT kind, id, said, count(*) OVER () AS of FROM ({sql}) found ORDER BY kind, id, said LIMIT {SHOWN}"
    )
    if not rows:
        return None
    places = tuple(Found(subject=_subject(row["kind"], row["id"]), said=row["said"]) for row in rows)
    return Finding(check=check, places=places, count=rows[0]["of"])


def _subject(kind: str, id_: object) -> str:
    return show(kind, id_) if isinstance(id_, UUID) and kind in PREFIXES else kind if id_ is None else f"{kind} {id_}"
