"""What an archive may contain before we keep it: nothing that unpacks into harm. Pure: names and sizes in, a fault out."""

import zipfile
from collections.abc import Iterable

MAX_ENTRIES = 1000
MAX_RATIO = 100
MAX_SUM = 2 * 1024**3
_LINK_MODE = 0o120000
_NESTED = (".zip", ".3mf", ".7z", ".rar", ".gz", ".tar", ".tgz")


def fault(entries: Iterable[zipfile.ZipInfo]) -> str | None:
    """What is wrong with an archive's directory, or None.

    Stored or deflated, not encrypted, at most 1,000 entries, each at most 100 times its packed size, 2 GiB in all, no
    archive within, no link, no path that leaves.
    """
    total = 0
    for count, entry in enumerate(entries, start=1):
        if count > MAX_ENTRIES:
            return f"An archive has {MAX_ENTRIES} entries at most."
        wrong = _entry_fault(entry)
        if wrong is not None:
            return f"{entry.filename[:80]!r} in the archive {wrong}"
        total += entry.file_size
        if total > MAX_SUM:
            return f"The archive unpacks to more than {MAX_SUM} bytes."
    return None


def _entry_fault(entry: zipfile.ZipInfo) -> str | None:  # noqa: PLR0911  one answer for each fault
    parts = entry.filename.replace("\\", "/").split("/")
    if entry.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        return "leads out of the folder it is unpacked into."
    if entry.flag_bits & 0x1:
        return "is encrypted; send it open."
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "is packed by a method other than deflate."
    if (entry.external_attr >> 16) & 0o170000 == _LINK_MODE:
        return "is a link."
    if entry.filename.lower().endswith(_NESTED):
        return "is an archive itself."
    if entry.file_size > max(entry.compress_size, 1) * MAX_RATIO:
        return f"unpacks to more than {MAX_RATIO} times its size."
    return None
