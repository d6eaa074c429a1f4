"""`jembatan doctor` as it is called: exit codes, words, JSON, and what lies outside of the database."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import msgspec
import pytest
from click.testing import CliRunner, Result

import api.upkeep_cli  # noqa: F401  registers the command
from api.cli import cli
from domain.database import Tx
from domain.doctor import seals
from domain.sealing import OPENING_PRIVATE, READBACK, Sealer
from world import World


def run(statement: str, dsn: str) -> None:
    async def main() -> None:
        connection = await asyncpg.connect(dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(main())


class Clean:
    """A migrated database without a row, and a home with keys."""

    def __init__(self, home: Path, dsn: str) -> None:
        self.home, self.dsn = home, dsn

    def doctor(self, *words: str, dsn: str | None = None) -> Result:
        """One run."""
        env = {
            "JEMBATAN_HOME": str(self.home), "DATABASE_URL": dsn or self.dsn, "JEMBATAN_MIGRATION_URL": "",
            "JEMBATAN_KEYS": "", "JEMBATAN_FILES": "",
        }  # fmt: skip
        return CliRunner().invoke(cli, ["doctor", *words], env=env)

    def ids(self, *words: str) -> list[str]:
        """What is found."""
        result = self.doctor("--json", *words)
        report: dict[str, Any] = msgspec.json.decode(result.stdout)
        assert result.exit_code == (1 if report["findings"] else 0)
        return [finding["id"] for finding in report["findings"]]


@pytest.fixture(scope="module")
def clean(admin_dsn: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clean]:
    """One for this file; each test puts back what it breaks."""
    from conftest import with_database

    name = f"jembatan_doctor_{os.getpid()}"
    run(f"CREATE DATABASE {name} TEMPLATE {template}", admin_dsn)
    home = tmp_path_factory.mktemp("doctor")
    Sealer.create(home / "keys")
    yield Clean(home, with_database(admin_dsn, name))
    run(f"DROP DATABASE {name} WITH (FORCE)", admin_dsn)


def test_nothing_is_wrong_with_a_new_installation(clean: Clean) -> None:
    result = clean.doctor()
    assert result.exit_code == 0, result.output
    assert "nothing is wrong" in result.output
    assert "file_digest" in result.output.splitlines()[-1], "what is left out is said"
    assert clean.ids("--deep") == []


def test_a_finding_says_what_it_means_and_what_to_do(clean: Clean) -> None:
    run("ALTER TABLE event DISABLE TRIGGER event_is_history", clean.dsn)
    try:
        result = clean.doctor()
    finally:
        run("ALTER TABLE event ENABLE TRIGGER event_is_history", clean.dsn)
    assert result.exit_code == 1
    assert "BROKEN  triggers_enabled: Every trigger of the schema fires." in result.output
    assert "event: trigger event_is_history is switched off" in result.output
    assert "What to do: ALTER TABLE" in result.output


def test_keys_that_are_gone_or_readable_by_others(clean: Clean) -> None:
    keys = clean.home / "keys"
    (keys / READBACK).chmod(0o640)
    assert clean.ids() == ["keys_private"]
    (keys / READBACK).chmod(0o600)
    (keys / OPENING_PRIVATE).rename(keys / "elsewhere")
    assert clean.ids() == ["keys_present"]
    (keys / "elsewhere").rename(keys / OPENING_PRIVATE)


def test_files_against_their_records(clean: Clean) -> None:
    folder = clean.home / "files" / "aa"
    folder.mkdir(parents=True)
    stored = folder / "one"
    stored.write_bytes(b"drawing")
    assert clean.ids() == [], "what was just written may belong to an upload under way"
    os.utime(stored, (0, 0))
    assert clean.ids() == ["storage_has_record"]
    run(
        "INSERT INTO organisation (id, state, version, name, roles, profile, policy, created_at, updated_at) VALUES "
        "('00000000-0000-0000-0000-000000000001', 'verified', 1, 'x', '{buyer}', '{}', '{}', now(), now());"
        "INSERT INTO file SELECT gen_random_uuid(), id, 'clean', 1, 'x.pdf', 'application/pdf', 7, sha256('drawing'), "
        "'aa/one', NULL, now(), now() FROM organisation",
        clean.dsn,
    )
    unannounced = ["one_event_per_version"]
    assert clean.ids("--deep") == unannounced
    stored.write_bytes(b"drawinG")
    assert clean.ids() == unannounced
    assert clean.ids("--deep") == [*unannounced, "file_digest"]
    stored.write_bytes(b"draw")
    assert clean.ids() == [*unannounced, "file_in_storage"]
    stored.unlink()
    assert clean.ids() == [*unannounced, "file_in_storage"]
    run("DELETE FROM file; DELETE FROM organisation", clean.dsn)


def test_what_cannot_be_examined_is_not_called_sound(clean: Clean, app_dsn: str) -> None:
    run("REVOKE SELECT ON event FROM jembatan_api, jembatan_dispatcher", clean.dsn)
    try:
        hidden = clean.doctor(dsn=urlunsplit(urlsplit(app_dsn)._replace(path=urlsplit(clean.dsn).path)))
    finally:
        run("GRANT SELECT ON event TO jembatan_api, jembatan_dispatcher", clean.dsn)
    assert (hidden.exit_code, "does not see every row" in hidden.output) == (2, True)
    absent = clean.doctor(dsn="postgresql://nobody@127.0.0.1:9/none")
    assert (absent.exit_code, absent.output.count("\n")) == (2, 1)


def test_another_revision_is_the_only_finding(clean: Clean) -> None:
    run("UPDATE alembic_version SET version_num = '0001'", clean.dsn)
    try:
        assert clean.ids() == ["schema_revision"]
    finally:
        from api.schema import head

        run(f"UPDATE alembic_version SET version_num = '{head()}'", clean.dsn)


async def test_seals_roots_leaves_and_keys(
    world: World, owner: "asyncpg.Connection[asyncpg.Record]", tmp_path: Path
) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    opened, sealed = await world.rfq(buyer), await world.rfq(buyer)
    quote = await world.quote(supplier, opened)
    await world.opened(buyer, opened)
    ours = {opened["id"], sealed["id"], quote["id"]}

    async def places(statement: str, examine: Any, *more: Any) -> list[str]:
        broken = owner.transaction()
        await broken.start()
        try:
            await owner.execute("SET LOCAL session_replication_role = replica")
            await owner.execute(statement.replace("$ours", f"'{{{','.join(item[4:] for item in ours)}}}'::uuid[]"))
            return [place.said for place in await examine(Tx(owner), *more) if place.subject.split()[0] in ours]
        finally:
            await broken.rollback()

    nothing = "SELECT 1"
    content = 'UPDATE quote_opened SET content = content || \'{"currency": "USD"}\' WHERE quote_id = ANY ($ours)'
    assert await places(nothing, seals.broken_commitments) == []
    assert await places(content, seals.broken_commitments) == ["content and nonce do not give its commitment"]
    root = "UPDATE opening SET root = sha256('x') WHERE rfq_id = ANY ($ours)"
    assert await places(nothing, seals.broken_openings) == []
    assert await places(root, seals.broken_openings) == ["the root is not the one over its leaves"]
    leaves = "UPDATE opening SET leaves = leaves[1:1], root = leaves[1] WHERE rfq_id = ANY ($ours)"
    assert await places(leaves, seals.broken_openings) == ["another root was announced"]
    sealer = world.services.sealer
    swapped = (
        "UPDATE rfq_key SET public_key = (SELECT k.public_key FROM rfq_key k WHERE NOT k.rfq_id = ANY ($ours) LIMIT 1)"
    )
    await world.rfq(buyer)
    assert await places(nothing, seals.unopenable, sealer) == []
    assert set(await places(swapped, seals.unopenable, sealer)) == {"its private key does not belong to its public one"}
    Sealer.create(tmp_path)
    other = Sealer.load(tmp_path, opening=True)
    held = f"opening key {sealer.newest} is not held here"
    assert set(await places(nothing, seals.unopenable, other)) == {held}
    broken = "sealed_private_key = overlay(sealed_private_key PLACING 'AAAA' FROM 300)"
    broken = f"UPDATE rfq_key SET {broken} WHERE rfq_id = ANY ($ours)"
    assert set(await places(broken, seals.unopenable, sealer)) == {"its key does not open"}
    await world.feed(buyer)  # nothing elsewhere holds it back any more
    ours.add((await buyer.done("GET", f"/v1/events?subject={sealed['id']}"))["items"][0]["id"])
    said = "UPDATE event SET data = data || '{\"x\": 1}' WHERE id = ANY ($ours)"
    assert await places(nothing, seals.broken_leaves) == []
    assert len(await places(said, seals.broken_leaves)) == 1
