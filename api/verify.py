"""`jembatan verify-opening`: what it says. Reads files, and needs no database, network or settings."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from domain.openings import parsing
from domain.openings.parsing import MalformedFile
from domain.openings.verification import Report, verify

SOUND, FAULTY, MALFORMED = 0, 1, 2
MAX_FAULTS = 50


def verify_files(bundle: Path, receipts: Sequence[Path], out: Console, err: Console) -> int:
    """Check the bundle and tell the result: 0 sound, 1 at fault, 2 not a bundle (or not a receipt) at all."""
    path = bundle
    try:
        opened = parsing.read_bundle(_content(path, parsing.MAX_BUNDLE))
        kept = []
        for path in receipts:
            kept += parsing.read_receipts(_content(path, parsing.MAX_RECEIPT))
    except (MalformedFile, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        err.print(Text(f"jembatan: {path} cannot be checked: {_line(reason or type(error).__name__)}"), soft_wrap=True)
        return MALFORMED
    header = opened.header
    report = verify(opened, kept)
    out.print(
        Text(f"Opening of {_line(header.rfq_id)}, round {header.round}, at {_line(header.opened_at)}"), soft_wrap=True
    )
    out.print(_table(report))
    for fault in report.faults[:MAX_FAULTS]:
        out.print(Text(f"FAULT  {_line(fault.where)}: {_line(fault.what)}"), soft_wrap=True)
    if len(report.faults) > MAX_FAULTS:
        out.print(f"and {len(report.faults) - MAX_FAULTS} more")
    if report.faults:
        out.print("The bundle does not prove this opening.")
        return FAULTY
    out.print(Text(f"The bundle holds together. Compare its root with the one that others got:\n{opened.root}"))
    return SOUND


def _content(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        return file.read(limit + 1)


def _line(text: str) -> str:
    """Of a foreign file, what a terminal may show."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _table(report: Report) -> Table:
    table = Table("what was checked", "checked", "not checked", "")
    for check in report.checks:
        table.add_row(check.what, str(check.checked), str(check.unchecked or ""), Text(_line(check.note)))
    return table
