"""The mutants: patches that break one promise each, with the tests that have to notice.

A patch begins with three lines, `Breaks:` (the promise), `Without:` (what is taken away) and one `Killed by:` for each
test; what follows is a diff with one line of context, so that it goes on applying while the code around it changes.
"""

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
TOUCHED = re.compile(r"^\+\+\+ b/(.+)$", re.MULTILINE)


class Mutant(NamedTuple):
    """One patch."""

    name: str
    path: Path
    breaks: str
    without: str
    killers: tuple[str, ...]
    """Node ids of pytest."""
    files: tuple[str, ...]
    """What it changes."""


def read(path: Path) -> Mutant:
    """A patch with its head. ValueError when the head lacks something."""
    text = path.read_text()
    head: dict[str, list[str]] = {}
    for line in text.partition("\ndiff --git ")[0].splitlines():
        name, separator, value = line.partition(": ")
        if separator:
            head.setdefault(name, []).append(value.strip())
    try:
        return Mutant(
            name=path.stem,
            path=path,
            breaks=head["Breaks"][0],
            without=head["Without"][0],
            killers=tuple(head["Killed by"]),
            files=tuple(TOUCHED.findall(text)),
        )
    except KeyError as error:
        raise ValueError(f"{path.name} has no line {error.args[0]!r}") from error


def mutants() -> list[Mutant]:
    """All of them, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.patch"))]


def apply(mutant: Mutant, folder: Path, *, check: bool = False) -> str | None:
    """Apply the patch to the copy of the project in `folder`; what is wrong, or None.

    `check` only asks whether it would apply.
    """
    command = ["git", "apply", "--unidiff-zero", *(["--check"] if check else []), str(mutant.path)]
    # Without the repository around it: git would leave out what lies outside of the folder it was called in.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr.strip()
