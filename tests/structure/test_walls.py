"""The second wall, read back from the catalogue: no table of tenants without policies, no door that is not named here."""

import ast
import re
from pathlib import Path
from typing import TypeAlias

import asyncpg
import pytest

from api.schema import ROLES
from domain.ledger.model import EVERYBODY

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

GLOBAL = {
    "alembic_version": "says which schema this is",
    "checkpoint": "digests alone, for everybody to compare; written by jembatan_system",
    "feed_shift": "one number of the installation; changed by the owner when it migrates or restores",
    "rate_limit": "subjects are digests of whoever asks, also of callers that are no tenant",
    "signing_key": "the installation's own; granted to jembatan_system alone",
}
"""Tables without row policies, and why."""

SHOWN_TO_ALL = {
    "organisation": "names, regions and capabilities of others are shown wherever one deals with them or looks for them",
}
"""Tables of tenants whose rows every tenant may read; writing is walled."""

TOLD_TO_ALL = {
    "event": f"(xid, position) NOT IN (SELECT xid, position FROM event_audience WHERE organisation_id = '{EVERYBODY}')",
    "event_audience": f"organisation_id <> '{EVERYBODY}'",
}
"""Tables with rows that were told to everybody, and which of their rows were not."""

DOORS = {
    "bearer_of": "before it is known who asks; by the digest of a whole secret",
    "seen_as": "what the row of a credential is compared by later; no secret and nothing of anybody's",
    "let_in": "whether a credential that was let in before still is, before its organisation acts",
    "holder_of": "the same for a token whose signature was verified",
    "buyer_of": "policies of what is told about an RFQ would ask each other for ever",
    "is_open_to_all": "likewise: who was not invited joins only what is open",
    "is_objected": "whoever holds an award waits for the objections of others",
    "oversees": "the policy of organisation would ask itself",
    "end_of_chain": "an event is chained to the one before it, whoever was told of that one",
}
"""Functions that see more than their caller, and why."""

AS_SYSTEM = {
    "domain/awards/commands.py accept": "whoever else quoted is told, and the buyer's RFQ moves on",
    "domain/awards/commands.py decline": "lines of the buyer's RFQ are free again",
    "domain/matching/queries.py _candidates": "members of cooperatives, for a buyer that looks for workshops",
    "domain/objections/commands.py file": "whether an award of somebody else is there to object to",
    "domain/openings/queries.py bundle": "the set of what everybody submitted; each reads its own contents",
    "domain/scorecards/queries.py events_of": "figures from another's events; what of them is told, rules decide",
}
"""Where a party's own step or question goes on with everybody's rows, and why."""

CALLERS = ("jembatan_api", "jembatan_opener", "jembatan_dispatcher")
COMMANDS = {"SELECT": "r", "INSERT": "a", "UPDATE": "w", "DELETE": "d"}

TABLES = """
SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS walled
  FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""
GRANTED = """
SELECT c.relname AS name, role, command
  FROM pg_class c, unnest($1::text[]) AS role, unnest($2::text[]) AS command
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
   AND (has_table_privilege(role, c.oid, command)
        OR (command <> 'DELETE' AND has_any_column_privilege(role, c.oid, command)))
"""
POLICIES = """
SELECT c.relname AS name, p.polname AS policy, p.polcmd::text AS command, role.rolname AS role,
       pg_get_expr(p.polqual, p.polrelid) AS qual, pg_get_expr(p.polwithcheck, p.polrelid) AS with_check
  FROM pg_policy p
  JOIN pg_class c ON c.oid = p.polrelid
  JOIN pg_roles role ON role.oid = ANY (p.polroles)
"""


async def _faults(owner: Connection) -> list[str]:
    """What the catalogue says that it should not."""
    tables = {row["name"]: row["walled"] for row in await owner.fetch(TABLES)}
    found = [
        f"{name} has no row policies and no reason"
        for name, walled in tables.items()
        if not walled and name not in GLOBAL
    ]
    found += [f"{name} is named as global and is not" for name in GLOBAL if tables.get(name, True)]
    policies = await owner.fetch(POLICIES)
    inherits = {
        (row["member"], row["role"])
        for row in await owner.fetch(
            "SELECT m AS member, r AS role FROM unnest($1::text[]) m, unnest($1::text[]) r WHERE pg_has_role(m, r, 'USAGE')",
            list(CALLERS),
        )
    }
    for row in await owner.fetch(GRANTED, list(CALLERS), list(COMMANDS)):
        name, role, command = row["name"], row["role"], row["command"]
        fitting = [
            policy
            for policy in policies
            if policy["name"] == name
            and policy["command"] in {"*", COMMANDS[command]}
            and (role, policy["role"]) in inherits
        ]
        if tables[name] and not fitting:
            found.append(f"{role} may {command} {name}, and no policy says which rows")
    for policy in policies:
        place = f"{policy['policy']} of {policy['name']}"
        said = [text for text in (policy["qual"], policy["with_check"]) if text is not None]
        if (
            policy["role"] in {"jembatan_api", "jembatan_opener"}
            and "true" in said
            and policy["name"] not in SHOWN_TO_ALL
        ):
            found.append(f"{place} admits everything")
        bare = [text for text in said if re.search(r"(?<!SELECT )\b(acting|oversees)\(\)", text)]
        found += [f"{place} asks who acts for each row anew: {text}" for text in bare]
    return found


async def test_every_table_is_walled_or_says_why_not(owner: Connection) -> None:
    """A new table without policies, or a new right to one without a policy, fails here."""
    assert await _faults(owner) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("CREATE TABLE new_table (id uuid)", "new_table has no row policies and no reason"),
        ("ALTER TABLE quote NO FORCE ROW LEVEL SECURITY", "quote has no row policies and no reason"),
        ("ALTER TABLE quote DISABLE ROW LEVEL SECURITY", "quote has no row policies and no reason"),
        (
            "GRANT DELETE ON award TO jembatan_api",
            "jembatan_api may DELETE award, and no policy says which rows",
        ),
        ("DROP POLICY api_seen ON invoice", "jembatan_api may SELECT invoice, and no policy says which rows"),
        ("CREATE POLICY hole ON quote_opened TO jembatan_api USING (true)", "hole of quote_opened admits everything"),
        (
            "CREATE POLICY slow ON quote TO jembatan_api USING (supplier_id = acting())",
            "slow of quote asks who acts for each row anew: (supplier_id = acting())",
        ),
    ],
)
async def test_the_check_sees_what_is_missing(owner: Connection, change: str, fault: str) -> None:
    """It was seen to fail."""
    transaction = owner.transaction()
    await transaction.start()
    try:
        await owner.execute(change)
        assert fault in await _faults(owner)
    finally:
        await transaction.rollback()


async def test_doors_are_named_and_cannot_be_led_astray(owner: Connection) -> None:
    """Functions with more rights than their caller: a fixed search path, the owner without a login, not for everybody."""
    rows = await owner.fetch("""
        SELECT p.proname AS name, p.proconfig AS config, p.proowner::regrole::text AS owner,
               has_function_privilege('public', p.oid, 'EXECUTE') AS for_all
          FROM pg_proc p
         WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
    """)
    assert {row["name"] for row in rows} == set(DOORS)
    for row in rows:
        assert row["config"] == ["search_path=pg_catalog, public, pg_temp"], row["name"]
        assert (row["owner"], row["for_all"]) == ("jembatan_owner", False), row["name"]


async def test_roles_own_nothing_and_bypass_nothing(owner: Connection) -> None:
    """Neither what the program acts as nor what it logs in as could take the wall down."""
    mine = list(ROLES)
    owning = "SELECT relname FROM pg_class WHERE relowner = ANY (SELECT oid FROM pg_roles WHERE rolname = ANY ($1))"
    assert await owner.fetch(owning, [*mine, "jembatan_test_login"]) == []
    everything = "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    assert [row[0] for row in await owner.fetch(everything)] == ["jembatan_owner"]
    rows = await owner.fetch(
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS mighty, rolcanlogin,"
        " has_schema_privilege(oid, 'public', 'CREATE') AS makes FROM pg_roles WHERE rolname = ANY ($1)",
        [*mine, "jembatan_owner", "jembatan_test_login"],
    )
    assert len(rows) == len(mine) + 2
    for row in rows:
        login, owns = row["rolname"] == "jembatan_test_login", row["rolname"] == "jembatan_owner"
        assert (row["mighty"], row["rolcanlogin"], row["makes"]) == (False, login, owns), row["rolname"]


async def test_a_session_without_a_role_sees_nothing(owner: Connection, app_dsn: str) -> None:
    """The login has no rights of its own: a statement that was told nothing is refused."""
    connection = await asyncpg.connect(app_dsn)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("SELECT id FROM rfq")
        await connection.execute("SET ROLE jembatan_api")
        for table in (row["name"] for row in await owner.fetch(TABLES) if row["walled"]):
            if table in SHOWN_TO_ALL or not await owner.fetchval(
                "SELECT has_table_privilege('jembatan_api', $1::regclass, 'SELECT')", table
            ):
                continue
            told = TOLD_TO_ALL.get(table, "true")
            assert await connection.fetchval(f"SELECT count(*) FROM {table} WHERE {told}") == 0, table
    finally:
        await connection.close()


def test_what_goes_on_with_everybodys_rows_is_named() -> None:
    """Each use of `as_system`, by the function it is in."""
    root = Path(__file__).parents[2]
    found = set()
    for path in sorted((root / "domain").rglob("*.py")) + sorted((root / "api").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) and any(
                isinstance(part, ast.Attribute) and part.attr == "as_system" for part in ast.walk(node)
            ):
                found.add(f"{path.relative_to(root).as_posix()} {node.name}")
    assert found - {"domain/database.py transaction"} == set(AS_SYSTEM)
