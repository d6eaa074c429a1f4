"""`jembatan doctor`: every check on one installation, and what it says. It changes nothing.

The SQL checks, and what takes cryptography, share one snapshot: work that is under way looks finished or not begun. The
login has to see every row, or "nothing found" would mean nothing.
"""

import hashlib
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import asyncpg
import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from api import runtime, schema
from api.blobs import Blobs, BlobsError, open_blobs
from api.settings import Settings
from domain.checkpoints import keys as audit_keys
from domain.checkpoints import queries as checkpoint_queries
from domain.database import Tx, utc_now
from domain.doctor import seals, storage
from domain.doctor.checks import CHECKS, outside
from domain.doctor.model import SHOWN, Check, Finding, Found, Report
from domain.doctor.queries import examine as examine_sql
from domain.sealing import KeysMissing, Sealer

SOUND, UNSOUND, UNEXAMINED = 0, 1, 2
"""Exit codes: nothing was found; something was; it could not be examined."""
SKEW = timedelta(seconds=2)
OLD = timedelta(days=1)


async def examine(settings: Settings, dsn: str, *, deep: bool = False) -> Report:
    """Make every check; those marked `deep` on request. `dsn`: a login that sees every row.

    Raises StartError when the database cannot be reached or hides something, BlobsError when the storage does not answer.
    """
    async with snapshot(dsn) as (connection, tx):
        revision = await _revision(connection)
        if revision is not None:
            return _report([revision], examined=[outside.SCHEMA], deep=deep)
        findings = await examine_sql(tx, CHECKS)
        findings += await _outside(settings, tx, deep=deep)
    return _report(findings, examined=[check for check in CHECKS if deep or not check.deep], deep=deep)


@asynccontextmanager
async def snapshot(dsn: str) -> AsyncIterator[tuple["asyncpg.Connection[asyncpg.Record]", Tx]]:
    """A connection within one read-only snapshot that nothing is hidden from. Raises StartError."""
    connection = await runtime.connect(dsn)
    try:
        await connection.execute("SET statement_timeout = 0; SET timezone = 'UTC'")
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            hidden = await connection.fetchval(
                "SELECT string_agg(relname, ', ' ORDER BY relname) FROM pg_class "
                "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
                "AND (NOT has_table_privilege(oid, 'SELECT') OR row_security_active(oid))"
            )
            if hidden:
                raise runtime.StartError(
                    f"this login does not see every row of {hidden}; let JEMBATAN_MIGRATION_URL log in as a superuser, "
                    "or as a role with BYPASSRLS that may read every table"
                )
            yield connection, Tx(connection)
    finally:
        await connection.close()


async def _revision(connection: "asyncpg.Connection[asyncpg.Record]") -> Finding | None:
    try:
        await schema.check(connection)
    except schema.MigrationError as error:
        return _finding(outside.SCHEMA, [Found(subject="database", said=str(error))])
    return None


def _report(findings: list[Finding], *, examined: list[Check], deep: bool) -> Report:
    return Report(
        examined=tuple(check.id for check in examined),
        left_out=() if deep else tuple(check.id for check in CHECKS if check.deep),
        findings=tuple(sorted(findings, key=lambda finding: finding.check.severity)),
    )


def _finding(check: Check, places: list[Found]) -> Finding | None:
    return Finding(check=check, places=tuple(places[:SHOWN]), count=len(places)) if places else None


async def _outside(settings: Settings, tx: Tx, *, deep: bool) -> list[Finding]:
    keys, unreadable = _keys(settings)
    blobs = open_blobs(settings.storage_url)
    missing, orphans = await _storage(tx, blobs)
    made: list[tuple[Check, list[Found]]] = [
        (outside.CLOCK, await _skew(tx)),
        (outside.KEYS, unreadable),
        (outside.KEYS_PRIVATE, _readable_by_others(settings.keys_folder)),
        (outside.COMMITMENTS, await seals.broken_commitments(tx)),
        (outside.OPENINGS, await seals.broken_openings(tx)),
        (outside.FILES, missing),
        (outside.ORPHANS, orphans),
    ]
    if keys is not None:
        with_keys: tuple[tuple[Check, Callable[[Tx, Sealer], Awaitable[list[Found]]]], ...] = (
            (outside.KEYS_HELD, seals.unheld),
            (outside.KEY_OPENS, seals.unopenable),
            (outside.WRAPPED, seals.unwrappable),
        )
        made += [(check, await run(tx, keys)) for check, run in with_keys]
    made.append((outside.CHECKPOINTS, await _checkpoints(settings.keys_folder, tx)))
    if deep:
        made += [(outside.DIGESTS, await _digests(tx, blobs)), (outside.LEAVES, await seals.broken_leaves(tx))]
    return [finding for check, places in made if (finding := _finding(check, places)) is not None]


async def _checkpoints(folder: Path, tx: Tx) -> list[Found]:
    """With the public half alone: the private one is the worker's."""
    if await checkpoint_queries.is_empty(tx):
        return []
    try:
        key = audit_keys.read(folder / audit_keys.PUBLIC)
    except KeysMissing as error:
        return [Found(subject=audit_keys.PUBLIC, said=str(error))]
    faults = await checkpoint_queries.chain_faults(tx, {key.thumbprint(): key})
    return [Found(subject=fault.where, said=fault.what) for fault in faults]


async def _skew(tx: Tx) -> list[Found]:
    """The middle of the round trip against the database's clock."""
    before = utc_now()
    there = await tx.now()
    after = utc_now()
    skew = there - (before + (after - before) / 2)
    if abs(skew) - (after - before) / 2 < SKEW:
        return []
    way = "ahead of" if skew > timedelta(0) else "behind"
    return [Found(subject="clocks", said=f"the database's is {abs(skew).total_seconds():.1f} s {way} this machine's")]


def _keys(settings: Settings) -> tuple[Sealer | None, list[Found]]:
    """With the private opening keys, wherever they are: a node without them cannot tell whether quotes can be opened."""
    folder = settings.keys_folder
    try:
        return runtime.load_keys(msgspec.structs.replace(settings, opens=True)), []
    except KeysMissing as error:
        return None, [Found(subject=str(folder), said=str(error))]
    except ValueError:
        return None, [Found(subject=str(folder), said="a key file does not hold a key")]


def _readable_by_others(folder: Path) -> list[Found]:
    paths = [folder, *sorted(folder.glob("*.jwk"))] if folder.is_dir() else []
    return [
        Found(subject=path.name, said=f"its mode is {mode:o}")
        for path in paths
        if (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077
    ]


async def _storage(tx: Tx, blobs: Blobs) -> tuple[list[Found], list[Found]]:
    """(files and parts that are not in the storage as they should be, old objects that no row knows)."""
    known = {stored.key: stored async for portion in blobs.listed() for stored in portion}
    missing = []
    recorded = set()
    async for subject, key, size, _ in storage.stored(tx):
        recorded.add(key)
        found = known.get(key)
        if found is None:
            missing.append(Found(subject=subject, said="its object is not in the storage"))
        elif found.size != size:
            missing.append(Found(subject=subject, said=f"its object has {found.size} bytes instead of {size}"))
    limit = utc_now() - OLD
    orphans = [
        Found(subject=key, said=f"{stored.size} bytes, written at {stored.written_at:%Y-%m-%d %H:%M}")
        for key, stored in known.items()
        if key not in recorded and stored.written_at < limit
    ]
    return missing, orphans


async def _digests(tx: Tx, blobs: Blobs) -> list[Found]:
    wrong = []
    async for subject, key, size, sha256 in storage.stored(tx):
        if sha256 is None:
            continue
        digest = hashlib.sha256()
        try:
            async for chunk in blobs.read(key, 0, size):
                digest.update(chunk)
        except BlobsError as error:
            wrong.append(Found(subject=subject, said=str(error)))
            continue
        if digest.digest() != sha256:
            wrong.append(Found(subject=subject, said="its bytes have another digest"))
    return wrong


def tell(report: Report, out: Console, *, as_json: bool) -> int:
    """Print the report; the exit code."""
    if as_json:
        out.print(Text(_json(report)), soft_wrap=True)
        return UNSOUND if report.findings else SOUND
    for finding in report.findings:
        check = finding.check
        out.print(Text(f"{check.severity.upper()}  {check.id}: {check.means}", style="bold"), soft_wrap=True)
        for place in finding.places:
            out.print(Padding(Text(_line(f"{place.subject}: {place.said}")), (0, 0, 0, 4)))
        if finding.count > len(finding.places):
            out.print(f"    and {finding.count - len(finding.places)} more")
        out.print(Padding(Text(f"What to do: {check.remedy}"), (0, 0, 1, 4)))
    count = len(report.findings)
    told = "nothing is wrong" if not count else f"{count} do not hold"
    out.print(f"{len(report.examined)} checks: {told}.")
    if report.left_out:
        out.print(f"Left out without --deep: {', '.join(report.left_out)}.")
    return UNSOUND if report.findings else SOUND


def _line(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _json(report: Report) -> str:
    findings = [
        {
            "id": finding.check.id,
            "severity": finding.check.severity,
            "means": finding.check.means,
            "remedy": finding.check.remedy,
            "count": finding.count,
            "places": msgspec.to_builtins(finding.places),
        }
        for finding in report.findings
    ]
    content = {"examined": report.examined, "left_out": report.left_out, "findings": findings}
    return msgspec.json.format(msgspec.json.encode(content)).decode()
