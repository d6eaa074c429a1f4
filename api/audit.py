"""`jembatan audit`: the ledger as a file, and whether a file or a database is what was sealed."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from joserfc.jwk import OKPKey
from rich.console import Console
from rich.text import Text

from api.doctor import snapshot
from domain.checkpoints import keys as audit_keys
from domain.checkpoints import queries
from domain.checkpoints.verification import CheckpointLine, HeaderLine, Line, Verifier

SOUND, FAULTY, MALFORMED = 0, 1, 2
MAX_FAULTS = 50
MAX_LINE = 4 * 1024 * 1024
"""Bytes: an event says 20 kB at most, a checkpoint of 2,000 events has 140 kB."""
_LINES = msgspec.json.Decoder(Line)


class MalformedExport(Exception):
    """The file is no export; the message says where it ceases to be one."""


def public_keys(paths: Sequence[Path]) -> dict[str, OKPKey]:
    """By `kid`. Raises KeysMissing."""
    found = [audit_keys.read(path) for path in paths]
    return {key.thumbprint(): key for key in found}


async def export(dsn: str, path: Path) -> tuple[int, int]:
    """Write every checkpoint with its events as JSON Lines; (checkpoints, events). It is there whole or not at all."""
    checkpoints = events = 0
    part = path.with_name(f".{path.name}.part")
    async with snapshot(dsn) as (_, tx):
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            async for line in queries.lines(tx):
                checkpoints += isinstance(line, CheckpointLine)
                events += not isinstance(line, CheckpointLine | HeaderLine)
                out.write(msgspec.json.encode(line, order="sorted") + b"\n")
            out.flush()
            os.fsync(out.fileno())
    part.rename(path)
    return checkpoints, events


async def verify_database(dsn: str, keys: dict[str, OKPKey], known: Sequence[str]) -> tuple[Verifier, int]:
    """The ledger of a database; and how many of its events wait for their checkpoint."""
    async with snapshot(dsn) as (_, tx):
        return await queries.verify(tx, keys, known)


def verify_file(path: Path, keys: dict[str, OKPKey], known: Sequence[str]) -> Verifier:
    """An export, without a database. Raises MalformedExport."""
    verifier = Verifier(keys, known)
    for line in read_lines(path):
        verifier.take(line)
    verifier.end()
    return verifier


def read_lines(path: Path) -> Iterator[Line]:
    """The lines of an export. Raises MalformedExport."""
    with path.open("rb") as file:
        for number, text in enumerate(iter(lambda: file.readline(MAX_LINE), b""), 1):
            try:
                line = _LINES.decode(text)
            except (msgspec.MsgspecError, ValueError) as error:
                raise MalformedExport(f"{path.name}, line {number}: it is no line of an export") from error
            if (number == 1) is not isinstance(line, HeaderLine):
                raise MalformedExport(f"{path.name}, line {number}: an export begins with its header")
            yield line


def known_checkpoints(paths: Sequence[Path]) -> list[str]:
    """The newest checkpoint of each earlier export: the reader's own memory. Raises MalformedExport."""
    newest = []
    for path in paths:
        signed = [line.signed for line in read_lines(path) if isinstance(line, CheckpointLine)]
        newest += signed[-1:]
    return newest


def tell(verifier: Verifier, waiting: int | None, out: Console) -> int:
    """Print the result; the exit code."""
    for fault in verifier.faults[:MAX_FAULTS]:
        out.print(Text(_line(f"FAULT  {fault.where}: {fault.what}")), soft_wrap=True)
    if len(verifier.faults) > MAX_FAULTS:
        out.print(f"and {len(verifier.faults) - MAX_FAULTS} more")
    counted = f"{verifier.checkpoints} checkpoints over {verifier.events} events"
    if waiting:
        counted += f"; {waiting} newer ones wait for theirs"
    if verifier.faults:
        out.print(f"{counted}: the history is not what was sealed.")
        return FAULTY
    out.print(f"{counted}: everything is as it was sealed.")
    return SOUND


def _line(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)
