"""`make previous`: the API's tests of the release before, run by its own code, on the schema of today.

What is meant by "before" is the argument, else the last tag, else the commit that brought the newest migration after which
the previous release had to be stopped (its text says so): nothing older was ever meant to run on today's schema.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ("tests/api", "tests/domain")


def git(*words: str) -> str:
    """What git says; '' when it refuses."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def before() -> str:
    """The revision to judge, if none is given."""
    tag = git("describe", "--tags", "--abbrev=0")
    if tag:
        return tag
    stopping = [
        path
        for path in sorted((ROOT / "alembic" / "versions").glob("*.py"))
        if re.search(r"needs the previous release stopped", path.read_text())
    ]
    newest = stopping[-1] if stopping else min((ROOT / "alembic" / "versions").glob("*.py"))
    return git("log", "--diff-filter=A", "-1", "--format=%H", "--", str(newest.relative_to(ROOT)))


def main(arguments: list[str]) -> int:
    """Check out, put today's migrations in its place, run its tests. The exit code is pytest's."""
    words = [word for word in arguments if not word.startswith("-")]
    revision = (words[0] if words and words[0] else None) or before()
    if not revision:
        sys.stdout.write("SKIPPED: there is no release before this one, and no history to look for it\n")
        return 0
    archived = subprocess.run(["git", "archive", revision], cwd=ROOT, capture_output=True, check=True).stdout
    with (
        tempfile.TemporaryDirectory(prefix="jembatan-previous-") as folder,
        tarfile.open(fileobj=io.BytesIO(archived)) as tar,
    ):
        tar.extractall(folder, filter="data")
        old = Path(folder)
        then = {path.name for path in (old / "alembic" / "versions").glob("*.py")}
        shutil.rmtree(old / "alembic")
        shutil.copytree(ROOT / "alembic", old / "alembic", ignore=shutil.ignore_patterns("__pycache__"))
        new = sorted({path.name for path in (old / "alembic" / "versions").glob("*.py")} - then)
        sys.stdout.write(
            f"{revision[:12]} on today's schema; migrations that it does not know: {', '.join(new) or 'none'}\n"
        )
        sys.stdout.flush()
        command = [sys.executable, "-m", "pytest", *TESTS, "-m", "not slow", "-q", "-n", "2", "--dist", "loadgroup"]
        chosen = [word for word in arguments if word.startswith("-")]
        done = subprocess.run(
            [*command, "-p", "no:cacheprovider", *chosen],
            cwd=old,
            env={**os.environ, "PYTHONPATH": folder},
            check=False,
        )
        return done.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
