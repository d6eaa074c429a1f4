"""Migrations run while the previous release serves: what one may not do is read from its text and from the catalogue."""

import asyncio
import re
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from alembic import op
from alembic.script import ScriptDirectory
from conftest import with_database

from api import migrate as migrating
from api import schema
from api.migrate import migrate
from api.schema import head, script_location

BEFORE = "0031"
"""Older ones were made before there was anything to keep running."""
SMALL = frozenset({"organisation", "credential", "signing_key", "webhook_endpoint", "webhook_lane", "membership"})
"""Tables of hundreds of rows: an index on them is there before anybody waits."""


def revisions() -> list[Any]:
    """From the oldest to the newest, those behind `BEFORE`."""
    chain = [*ScriptDirectory(str(script_location())).walk_revisions()][::-1]
    names = [revision.revision for revision in chain]
    return chain[names.index(BEFORE) + 1 :]


def scripts_of(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """(text, whether it runs alone) of everything that `upgrade` sends."""
    sent: list[tuple[str, bool]] = []
    monkeypatch.setattr(op, "run_sql", lambda script: sent.append((script, False)), raising=False)
    monkeypatch.setattr(op, "run_alone", lambda script: sent.append((script, True)), raising=False)
    module.upgrade()
    return sent


def bare(script: str) -> str:
    """Without comments, bodies of functions and the text of values, in one case."""
    without = re.sub(r"--[^\n]*", " ", script)
    without = re.sub(r"\$(\w*)\$.*?\$\1\$", " ", without, flags=re.DOTALL)
    return re.sub(r"'(?:[^']|'')*'", "''", without).lower()


TABLE = r"(?:if exists )?(?:only )?(?:public\.)?(\w+)"


def faults(sent: list[tuple[str, bool]], *, contracts: bool = False) -> list[str]:
    """What a migration may not do while the previous release is serving, in words."""
    found = []
    made: set[str] = set()
    for script, alone in sent:
        text = bare(script)
        made |= set(re.findall(r"create (?:unlogged )?table (?:if not exists )?(\w+)", text))
        checked = set(re.findall(r"check \((\w+) is not null\)", text)) if "validate constraint" in text else set()
        for statement in (" ".join(part.split()) for part in text.split(";")):
            found += [f"{fault}: {statement[:120]}" for fault in _faults_of(statement, made, checked, alone, contracts)]
    return found


LATER = "the previous release still knows it; say CONTRACTS in the release after"
ALTERATIONS = (
    (r"alter (column )?\w+ (set data )?type\b", "a table that is written anew; add a column and fill it"),
    (r"add .* generated .* stored", "a table that is written anew"),
    (
        r"add (constraint \w+ )?(check|foreign key)(?!.*not valid)",
        "every row is checked while everybody waits; NOT VALID, and VALIDATE CONSTRAINT later",
    ),
    (
        r"add (column )?(?!constraint|primary|unique|check|foreign|exclude)\w+ (?=.*not null)(?!.*default)",
        "rows of the previous release would lack it; give it a default",
    ),
    (
        r"add (column )?(?!constraint|primary|unique|check|foreign|exclude)\w+ .*default [^,]*?\w\(",
        "a default that is computed for each row; add it without, fill it, set the default",
    ),
)
INDEXED = r"add (constraint \w+ )?(primary key|unique|exclude)(?!.*using index)"
DROPPED = r"drop (column )?(?!constraint|default|not null|expression)\w+"


def _faults_of(statement: str, made: set[str], checked: set[str], alone: bool, contracts: bool) -> Iterator[str]:
    index = re.match(r"create (?:unique )?index (concurrently )?.*? on (?:only )?(\w+)", statement)
    if index and index[2] not in made | SMALL and not index[1]:
        yield "an index that writers wait for; run_alone CREATE INDEX CONCURRENTLY"
    if "concurrently" in statement and not alone:
        yield "CONCURRENTLY inside a transaction; use run_alone"
    if re.match(r"(drop table|alter table .* rename|alter type .* rename)", statement) and not contracts:
        yield LATER
    if re.match(r"(vacuum full|cluster|lock table|truncate)\b", statement):
        yield "everybody waits for it"
    changed = re.match(rf"alter table {TABLE} (.*)", statement)
    if changed is not None and changed[1] not in made:
        for part in re.split(r", (?=add |alter |drop |validate )", changed[2]):
            yield from _faults_of_part(part, checked, small=changed[1] in SMALL, contracts=contracts)


def _faults_of_part(part: str, checked: set[str], *, small: bool, contracts: bool) -> Iterator[str]:
    yield from (words for pattern, words in ALTERATIONS if re.match(pattern, part))
    if re.match(DROPPED, part) and not contracts:
        yield LATER
    if re.match(INDEXED, part) and not small:
        yield "an index that everybody waits for; build it concurrently, add it USING INDEX"
    absent = re.match(r"alter (?:column )?(\w+) set not null", part)
    if absent and absent[1] not in checked:
        yield "every row is read while everybody waits; a validated CHECK (… IS NOT NULL) first"


@pytest.mark.parametrize("revision", revisions(), ids=lambda revision: revision.revision)
def test_a_migration_lets_the_previous_release_go_on(revision: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not faults(scripts_of(revision.module, monkeypatch), contracts=hasattr(revision.module, "CONTRACTS"))


@pytest.mark.parametrize(
    ("script", "word"),
    [
        ("CREATE INDEX i ON rfq (title)", "writers wait"),
        ("CREATE INDEX CONCURRENTLY i ON rfq (title)", "run_alone"),
        ("DROP TABLE rfq", "CONTRACTS"),
        ("ALTER TABLE rfq DROP COLUMN title", "CONTRACTS"),
        ("ALTER TABLE rfq DROP title", "CONTRACTS"),
        ("ALTER TABLE rfq RENAME COLUMN title TO name", "CONTRACTS"),
        ("ALTER TABLE rfq ALTER COLUMN version TYPE bigint", "written anew"),
        ("ALTER TABLE rfq ALTER version SET DATA TYPE bigint", "written anew"),
        ("ALTER TABLE rfq ADD COLUMN a text NOT NULL", "default"),
        ("ALTER TABLE rfq ADD a text NOT NULL", "default"),
        ("ALTER TABLE rfq ADD COLUMN b text, ADD COLUMN a uuid DEFAULT gen_random_uuid()", "each row"),
        ("ALTER TABLE rfq ADD CONSTRAINT c CHECK (length(title) < 9)", "NOT VALID"),
        ("ALTER TABLE rfq ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES b", "NOT VALID"),
        ("ALTER TABLE rfq ADD CONSTRAINT c UNIQUE (title)", "USING INDEX"),
        ("ALTER TABLE rfq ALTER COLUMN title SET NOT NULL", "CHECK"),
        ("TRUNCATE rfq", "waits"),
    ],
)
def test_what_would_stop_the_previous_release_is_seen(script: str, word: str) -> None:
    found = faults([(f"SELECT 1; {script};", False)])
    assert len(found) == 1, found
    assert word in found[0]


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE new (id uuid PRIMARY KEY); CREATE INDEX i ON new (id); ALTER TABLE new ADD CHECK (id IS NOT NULL)",
        "ALTER TABLE rfq ADD COLUMN a text, ADD COLUMN b integer NOT NULL DEFAULT 0",
        "ALTER TABLE rfq ADD CONSTRAINT c CHECK (length(title) < 9) NOT VALID",
        "ALTER TABLE rfq VALIDATE CONSTRAINT c",
        "ALTER TABLE rfq DROP CONSTRAINT c, ALTER title DROP NOT NULL, ALTER title DROP DEFAULT",
        """ALTER TABLE rfq ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE rfq VALIDATE CONSTRAINT c;
        ALTER TABLE rfq ALTER COLUMN a SET NOT NULL""",
        "CREATE INDEX i ON credential (name)",
        "DO $$ BEGIN EXECUTE 'DROP TABLE x'; END $$",
        "COMMENT ON TABLE rfq IS 'DROP TABLE rfq; TRUNCATE rfq'",
    ],
)
def test_what_does_not_stop_it_passes(script: str) -> None:
    assert faults([(script, False)]) == []


@pytest.fixture
async def emptied(admin_dsn: str) -> AsyncIterator[str]:
    """The DSN of an empty database of its own."""
    name = f"jembatan_migrated_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(admin_dsn)
    await admin.execute(f"CREATE DATABASE {name}")
    yield with_database(admin_dsn, name)
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


async def _files(dsn: str) -> dict[str, int]:
    connection = await asyncpg.connect(dsn)
    rows = await connection.fetch(
        "SELECT relname, relfilenode::bigint AS file FROM pg_class "
        "WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"
    )
    await connection.close()
    return {row["relname"]: row["file"] for row in rows}


@pytest.mark.slow
async def test_no_table_is_written_anew(emptied: str) -> None:
    await migrate(emptied, to=BEFORE)
    before = await _files(emptied)
    await migrate(emptied)
    after = await _files(emptied)
    assert len(before) > 100
    assert [name for name, file in before.items() if after.get(name, file) != file] == []


@pytest.mark.slow
async def test_a_migration_gives_way(emptied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction holds the table: whoever comes after the migration is not held up by it, and it is done in the end."""
    await migrate(emptied)
    newest = head()
    folder = tmp_path / "alembic"
    shutil.copytree(script_location(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_next.py").write_text(
        "from alembic import op\n"
        f'revision = "9999"\ndown_revision = "{newest}"\nbranch_labels = depends_on = None\n'
        "def upgrade():\n"
        "    op.run_sql('CREATE TABLE next_release (id integer); ALTER TABLE rfq ADD COLUMN next_release text')\n"
        "    op.run_alone('DROP INDEX CONCURRENTLY IF EXISTS next_release_title')\n"
        "    op.run_alone('CREATE INDEX CONCURRENTLY next_release_title ON rfq (title)')\n"
        "    op.run_sql('ALTER TABLE rfq ADD COLUMN behind text')\n"
    )
    for module in (migrating, schema):
        monkeypatch.setattr(module, "script_location", lambda: folder)
    monkeypatch.setattr(migrating, "PAUSE_SECONDS", 0.3)
    said: list[str] = []
    holder, reader = await asyncpg.connect(emptied), await asyncpg.connect(emptied)
    try:
        await holder.execute("BEGIN; SELECT count(*) FROM rfq")
        running = asyncio.create_task(migrate(emptied, say=said.append))
        waits = []
        while len(said) < 3:
            assert not running.done(), running.exception()
            began = time.monotonic()
            await asyncio.wait_for(reader.fetchval("SELECT count(*) FROM rfq"), 30)
            waits.append(time.monotonic() - began)
            assert await reader.fetchval("SELECT to_regclass('next_release')") is None, "half of a migration is none"
            await asyncio.sleep(0.01)
        await holder.execute("COMMIT")
        assert await asyncio.wait_for(running, 60) == "9999"
        assert all("busy" in line for line in said)
        assert sorted(waits)[len(waits) // 2] < 0.1, "most come when nothing waits"
        assert await reader.fetchval(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = 'next_release_title'::regclass"
        )
        columns = "SELECT count(*) FROM information_schema.columns WHERE column_name IN ('next_release', 'behind')"
        assert await reader.fetchval(columns) == 2
    finally:
        await holder.close()
        await reader.close()


async def test_two_migrate_at_once(emptied: str) -> None:
    assert list(await asyncio.gather(migrate(emptied), migrate(emptied))) == [head(), head()]


def test_the_chain_is_read_from_the_files_as_alembic_reads_it() -> None:
    """Servers tell by it whether they may start, without loading what migrates."""
    chain = ScriptDirectory(str(script_location()))
    assert schema.revisions() == {revision.revision for revision in chain.walk_revisions()}
    assert schema.head() == chain.get_current_head()
