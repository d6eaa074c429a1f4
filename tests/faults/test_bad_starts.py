"""`jembatan serve` that cannot start says why in one line and exits non-zero."""

import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from api.schema import head

ROOT = Path(__file__).parents[2]


def serve(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "api", *(arguments or ("serve", "--port", "0"))],
        cwd=ROOT,
        env={**environment, "JEMBATAN_HOME": str(home), **settings},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def says(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line.startswith("jembatan: ")]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in lines[0]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with keys, as an external database needs them."""
    assert serve(tmp_path, "keys").returncode == 0
    return tmp_path


def test_a_wrong_dsn(home: Path) -> None:
    says(serve(home, DATABASE_URL="postgresql://nobody:secret-word@127.0.0.1:1/none"), "cannot connect")
    done = serve(home, DATABASE_URL="postgresql://nobody:secret-word@127.0.0.1:1/none")
    assert "secret-word" not in done.stderr
    says(serve(home, DATABASE_URL="mysql://x"), "DATABASE_URL")


def test_missing_keys(tmp_path: Path, app_dsn: str) -> None:
    says(serve(tmp_path, DATABASE_URL=app_dsn), "key file")


def test_a_superuser(home: Path, owner_dsn: str) -> None:
    says(serve(home, DATABASE_URL=owner_dsn), "superuser")


@pytest.mark.parametrize(
    ("made", "granted", "word"),
    [
        ("LOGIN BYPASSRLS", "jembatan_api", "BYPASSRLS"),
        ("LOGIN", "jembatan_owner", "owner"),
        ("LOGIN", "", "--grant-to"),
    ],
)
async def test_a_login_that_no_wall_holds(
    home: Path, owner_dsn: str, app_dsn: str, made: str, granted: str, word: str
) -> None:
    """It bypasses row policies, or could take them down as the owner; or it may become nothing that the program acts as."""
    name = f"jembatan_test_{secrets.token_hex(4)}"
    owner = await asyncpg.connect(owner_dsn)
    try:
        await owner.execute(f"CREATE ROLE {name} {made} PASSWORD '{name}'")
        if granted:
            await owner.execute(f"GRANT {granted} TO {name}")
        # The login appears as a name, and where there is one as a password.
        says(serve(home, DATABASE_URL=app_dsn.replace("jembatan_test_login", name)), word)
    finally:
        await owner.execute(f"DROP ROLE IF EXISTS {name}")
        await owner.close()


async def test_an_unmigrated_and_a_newer_database(home: Path, owner_dsn: str, app_dsn: str) -> None:
    owner = await asyncpg.connect(owner_dsn)
    try:
        await owner.execute("UPDATE alembic_version SET version_num = '9999'")
        says(serve(home, DATABASE_URL=app_dsn), "newer")
        await owner.execute("ALTER TABLE alembic_version RENAME TO hidden")
        says(serve(home, DATABASE_URL=app_dsn), "not migrated")
    finally:
        await owner.execute("ALTER TABLE IF EXISTS hidden RENAME TO alembic_version")
        await owner.execute("UPDATE alembic_version SET version_num = $1", head())
        await owner.close()


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        says(serve(tmp_path, "serve", "--port", str(taken.getsockname()[1])), "cannot listen", "--port")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    says(serve(blocked / "home"), "JEMBATAN_HOME")


def test_a_setting_that_makes_no_sense(tmp_path: Path) -> None:
    says(serve(tmp_path, JEMBATAN_PORT="many"), "JEMBATAN_PORT")


def test_the_operator_is_made_once(tmp_path: Path) -> None:
    first = serve(tmp_path, "init")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("jbt_")
    says(serve(tmp_path, "init"), "already")
