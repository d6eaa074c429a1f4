"""The layout is part of the product. Each failure says why."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOP = {"api", "domain", "alembic", "tests", "openapi"}


def tracked() -> list[str]:
    """Files that are, or are about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def test_the_top_level_is_fixed() -> None:
    folders = {name.split("/")[0] for name in tracked() if "/" in name and not name.startswith(".")}
    assert folders <= TOP | {"docs"}, "a new top-level folder needs a reason in ARCHITECTURE.md"


def test_alembic_is_no_package() -> None:
    assert not (ROOT / "alembic" / "__init__.py").exists(), "it would hide the installed alembic"


def test_tests_are_no_package() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py")), "tests/api would hide our own api"


def test_only_settings_knows_the_environment() -> None:
    allowed = {
        "api/settings.py",
        "api/cli.py",
        "api/asgi.py",
        "api/generated.py",
        "api/embedded_account.py",  # hands PATH and the like to PostgreSQL's programs
        "api/embedded_watchdog.py",
    }
    guilty = [
        name
        for name in tracked()
        if name.startswith(("api/", "domain/"))
        and name.endswith(".py")
        and name not in allowed
        and re.search(r"os\.environ|os\.getenv", (ROOT / name).read_text())
    ]
    assert not guilty, "settings are read once, in the entry points, and passed on"


def test_modules_stay_readable() -> None:
    long = {
        name: lines
        for name in tracked()
        if name.startswith(("api/", "domain/")) and name.endswith(".py")
        for lines in [len((ROOT / name).read_text().splitlines())]
        if lines > 400
    }
    assert not long, "a newcomer should find one rule in a minute: split by noun and verb"


def test_nothing_names_this_workplace() -> None:
    pattern = re.compile(r"(^|[^\w.])/(work|root)/|\.\./shared")
    guilty = [
        name
        for name in tracked()
        if not name.endswith((".gz", ".lock", ".png"))
        and name != "tests/structure/test_layout.py"
        and pattern.search((ROOT / name).read_text(errors="ignore"))
    ]
    assert not guilty, "the project stands alone"
