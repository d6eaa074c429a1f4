"""Whether the committed Python SDK is what the contract and the writers make: cheap, without the generator.

`made.json` keeps three digests from the last `make sdks`: of what the generator was given, of the programs that write,
and of what came out. `make sdks-check` makes the whole anew instead and compares files.
"""

import hashlib
import json
from pathlib import Path

from derive import TARGETS, derive

HERE = Path(__file__).parent
PACKAGE = HERE / "python/jembatan_client"
MADE = HERE / "python/made.json"
WRITERS = ("derive.py", "names.py", "facade.py", "awaited.py", "python.yml", "python/jembatan_client/_engine.py")
GENERATED = ("models", "groups", "types.py", "_async_engine.py")


def _digest(parts: list[tuple[str, bytes]]) -> str:
    found = hashlib.sha256()
    for name, content in parts:
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def digests(canonical: Path) -> dict[str, str]:
    """The digests as things are now."""
    given = derive(json.loads(canonical.read_text()), TARGETS["python"])
    files = [
        path
        for name in GENERATED
        for path in (sorted((PACKAGE / name).glob("*.py")) if (PACKAGE / name).is_dir() else [PACKAGE / name])
    ]
    return {
        "input": _digest([("python.json", json.dumps(given, sort_keys=True).encode())]),
        "writers": _digest([(name, (HERE / name).read_bytes()) for name in WRITERS]),
        "output": _digest([(str(path.relative_to(PACKAGE)), path.read_bytes()) for path in files]),
    }


def stale(canonical: Path) -> list[str]:
    """Which of the digests have changed since the SDK was made."""
    made = json.loads(MADE.read_text())
    return [name for name, value in digests(canonical).items() if made.get(name) != value]
