"""`jembatan keys rotate-opening`, `rewrap`, `retire` as they are called, and killed between two batches."""

import asyncio
import os
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest
from click.testing import CliRunner, Result
from conftest import LOGIN, fresh_database, with_database
from joserfc.jwk import OKPKey

import api.keys_cli
import api.upkeep_cli  # noqa: F401  registers `doctor`
from api.cli import cli
from domain import sealing
from domain.opening_keys import files
from domain.sealing import OPENING_PRIVATE, OPENING_PUBLIC, Sealer, sealed_to

ROOT = Path(__file__).parents[3]
ROWS = 6


class Place:
    """A database with nothing in it but keys of RFQs, and a folder with the opening key that they are sealed to."""

    def __init__(self, home: Path, dsn: str) -> None:
        self.home, self.dsn, self.folder = home, dsn, home / "keys"
        Sealer.create(self.folder)
        self.first = self.sealer().newest
        self.pairs = dict[uuid.UUID, str]()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "JEMBATAN_HOME": str(self.home), "DATABASE_URL": self.dsn, "JEMBATAN_MIGRATION_URL": "",
            "JEMBATAN_KEYS": "", "JEMBATAN_FILES": "",
        }  # fmt: skip

    def sealer(self) -> Sealer:
        return Sealer.load(self.folder, opening=True)

    def run(self, *words: str, **changes: str) -> Result:
        return CliRunner().invoke(cli, list(words), env={**self.environment, **changes})

    def query(self, statement: str, *arguments: Any) -> list[Any]:
        async def main() -> list[Any]:
            connection = await asyncpg.connect(self.dsn)
            try:
                return [tuple(row) for row in await connection.fetch(statement, *arguments)]
            finally:
                await connection.close()

        return asyncio.run(main())

    async def fill(self) -> None:
        """Six keys, without their RFQs: nothing here asks for these."""
        sealer = self.sealer()
        connection = await asyncpg.connect(self.dsn)
        try:
            await connection.execute("SET session_replication_role = replica; DELETE FROM rfq_key")
            for _ in range(ROWS):
                rfq_id, (public, private) = uuid.uuid4(), sealer.new_rfq_key()
                self.pairs[rfq_id] = sealer.unlock(private).thumbprint()
                await connection.execute("INSERT INTO rfq_key VALUES ($1, $2, $3)", rfq_id, public, private)
        finally:
            await connection.close()

    def kids(self) -> list[str | None]:
        """What the keys are sealed to, in the order of their RFQs."""
        return [sealed_to(row[0]) for row in self.query("SELECT sealed_private_key FROM rfq_key ORDER BY rfq_id")]

    def all_open(self) -> bool:
        """Whether each opens to what it was."""
        sealer = self.sealer()
        rows = self.query("SELECT rfq_id, sealed_private_key FROM rfq_key")
        return {rfq_id: sealer.unlock(sealed).thumbprint() for rfq_id, sealed in rows} == self.pairs


@pytest.fixture(scope="module")
def database_of_keys(admin_dsn: str, template: str, shared_folder: Path) -> Iterator[str]:
    with fresh_database(admin_dsn, template, shared_folder) as name:
        yield with_database(admin_dsn, name)


@pytest.fixture
def place(database_of_keys: str, tmp_path: Path) -> Place:
    made = Place(tmp_path, database_of_keys)
    asyncio.run(made.fill())
    return made


def rotated(place: Place, **changes: str) -> str:
    result = place.run("keys", "rotate-opening", **changes)
    assert result.exit_code == 0, result.output
    found = re.search(r"the newest opening key is (\S+):", result.output)
    assert found is not None, result.output
    return found[1]


def test_a_key_is_replaced_and_retired(place: Place) -> None:
    old, new = place.first, rotated(place)
    assert place.sealer().newest == new != old
    assert {path.stat().st_mode & 0o777 for path in place.folder.glob("*.jwk")} == {0o600}
    assert place.kids() == [old] * ROWS
    refused = place.run("keys", "retire", "--kid", old)
    assert refused.exit_code == 1
    assert f"the keys of {ROWS} RFQs are sealed to it; run `jembatan keys rewrap`" in refused.output
    assert place.sealer().held == {old, new}
    done = place.run("keys", "rewrap", "--batch", "4")
    assert (done.exit_code, done.output) == (0, f"sealed {ROWS} keys anew to {new}\n")
    assert place.kids() == [new] * ROWS
    assert place.all_open()
    assert place.run("keys", "rewrap").output == f"sealed 0 keys anew to {new}\n"
    for kid, said in ((new, "is the newest opening key"), ("none", "none is not held; there are")):
        refused = place.run("keys", "retire", "--kid", kid)
        assert refused.exit_code == 1
        assert said in refused.output
    assert place.run("keys", "retire", "--kid", old).exit_code == 0
    assert place.sealer().held == {new}
    assert place.all_open()
    assert OKPKey.import_key(
        msgspec.json.decode((place.folder / files.RETIRED / f"opening.private.{old}.jwk").read_bytes())
    ).is_private, "put out of use, not destroyed"


def test_one_key_that_is_sealed_to_the_old_one_is_enough(place: Place) -> None:
    old, before = place.first, place.sealer()
    rotated(place)
    assert place.run("keys", "rewrap").exit_code == 0
    one = next(iter(place.pairs))
    _, sealed = before.new_rfq_key()
    place.query("UPDATE rfq_key SET sealed_private_key = $2 WHERE rfq_id = $1", one, sealed)
    refused = place.run("keys", "retire", "--kid", old)
    assert (refused.exit_code, "the keys of 1 RFQs are sealed to it" in refused.output) == (1, True)
    # It does not belong to what quotes are sealed to: nothing is put in its place.
    left = place.run("keys", "rewrap")
    assert left.exit_code == 1
    assert f"rfq_{one.hex}: its private key does not belong to its public one" in left.output
    assert place.query("SELECT sealed_private_key FROM rfq_key WHERE rfq_id = $1", one) == [(sealed,)]


def test_keys_sealed_before_ids_keep_every_key_in_use(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = place.first, rotated(place)
    assert place.run("keys", "rewrap").exit_code == 0
    monkeypatch.setattr("domain.opening_keys.commands.sealed_to", lambda _: None)
    refused = place.run("keys", "retire", "--kid", old)
    assert (refused.exit_code, "before opening keys had ids" in refused.output) == (1, True)
    assert place.sealer().held == {old, new}


@pytest.mark.slow
def test_killed_between_two_batches_it_is_done_by_the_next_run(place: Place) -> None:
    old, new = place.first, rotated(place)
    third = sorted(place.pairs, key=lambda one: one.bytes)[2]

    async def main() -> None:
        holder, watcher = await asyncpg.connect(place.dsn), await asyncpg.connect(place.dsn)
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
            "AND query LIKE '%rfq_key%'"
        )
        process = None
        try:
            held = holder.transaction()
            await held.start()
            await holder.execute("SELECT FROM rfq_key WHERE rfq_id = $1 FOR UPDATE", third)
            process = subprocess.Popen(  # noqa: ASYNC220  nothing else runs in this loop
                [sys.executable, "-m", "api", "keys", "rewrap", "--batch", "1"],
                cwd=ROOT,
                env={**os.environ, **place.environment},
            )
            until = time.monotonic() + 60
            while await watcher.fetchval(waiting) == 0:
                assert process.poll() is None, "it ended before the third key"
                assert time.monotonic() < until, "it never came to the third key"
                await asyncio.sleep(0.05)
            process.kill()
            process.wait()
            await held.rollback()
            while await watcher.fetchval(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid NOT IN ($1, pg_backend_pid())",
                holder.get_server_pid(),
            ):
                assert time.monotonic() < until, "its session lives on"
                await asyncio.sleep(0.05)
        finally:
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
            await holder.close()
            await watcher.close()

    asyncio.run(main())
    between = place.kids()
    # The statement that waited may have ended before the server noticed that nobody listens; it was not committed.
    assert between == [new, new, old, old, old, old]
    assert place.all_open(), "quotes can be opened in between"
    assert place.run("keys", "retire", "--kid", old).exit_code == 1
    assert place.run("keys", "rewrap", "--batch", "1").output == f"sealed 4 keys anew to {new}\n"
    assert place.kids() == [new] * ROWS
    assert place.all_open()


def test_interrupted_while_it_is_made_the_old_key_goes_on(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sealing.write

    def broken(path: Path, key: Any) -> None:
        if path.name == OPENING_PUBLIC:
            raise OSError("no space left on device")
        real(path, key)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write", broken)
        with pytest.raises(OSError, match="no space"):
            files.add(place.folder)
    sealer = place.sealer()
    assert sealer.newest == place.first
    assert len(sealer.held) == 2
    [unused] = sealer.held - {place.first}
    assert place.run("keys", "retire", "--kid", unused).exit_code == 0


def test_keys_from_elsewhere_are_replaced_by_order(place: Place) -> None:
    old = msgspec.json.decode((place.folder / OPENING_PRIVATE).read_bytes())
    (place.folder / OPENING_PRIVATE).unlink()
    # An id in base64url may begin with what looks like an option.
    pair = next(key for key in iter(lambda: OKPKey.generate_key("X25519"), None) if key.thumbprint().startswith("-"))
    source = {"JEMBATAN_OPENING_KEY": msgspec.json.encode({"keys": [pair.as_dict(private=True), old]}).decode()}
    assert rotated(place, **source) == pair.thumbprint()
    assert not list(place.folder.glob("opening.private*")), "no private key is written"
    assert place.run("keys", "rewrap", **source).output == f"sealed {ROWS} keys anew to {pair.thumbprint()}\n"
    refused = place.run("keys", "retire", "--kid", pair.thumbprint(), **source)
    assert (refused.exit_code, "is the newest opening key" in refused.output) == (1, True), refused.output
    said = place.run("keys", "retire", "--kid", place.first, **source)
    assert (said.exit_code, "take it out of what gives the opening keys" in said.output) == (0, True)


def test_the_programs_own_login_may_not(place: Place) -> None:
    rotated(place)
    mine = with_database(place.dsn, place.dsn.partition("?")[0].rpartition("/")[2], f"{LOGIN}:{LOGIN}")
    for words in (("rewrap",), ("retire", "--kid", place.first)):
        refused = place.run("keys", *words, DATABASE_URL=mine)
        assert refused.exit_code == 1
        assert "JEMBATAN_MIGRATION_URL" in refused.output
    assert place.kids() == [place.first] * ROWS


def test_doctor_names_the_key_that_is_missing(place: Place) -> None:
    rotated(place)
    files.retire(place.folder, place.first)
    result = place.run("doctor", "--json")
    findings = {finding["id"]: finding for finding in msgspec.json.decode(result.stdout)["findings"]}
    assert place.first in str(findings["opening_keys_held"])
    assert f"the keys of {ROWS} RFQs are sealed to it" in str(findings["opening_keys_held"])
