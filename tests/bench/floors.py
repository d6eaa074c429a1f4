"""What the parts cost alone, in the same run: our statements under pgbench, and Litestar without any work."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import httpx

from api.embedded_account import binaries_directory
from api.runtime import free_port
from bench.machine import server_seconds, tree_seconds
from bench.measure import Meters, measured
from bench.operations import Operation, Target
from bench.prepare import Prepared
from bench.seed import buyer_id, supplier_id
from bench.server import ROOT, WORKERS, Database
from domain.ledger import sql as ledger
from domain.ledger.model import EVERYBODY
from domain.rfq_views import sql as rfqs

CLIENTS, TRANSACTIONS = 4, 400

# A quote's row, its sealed submission, its event with two readers and the answer under its key: what submitting writes, in one
# statement and without deciding anything.
_SUBMIT = """
WITH quote_ AS (
    UPDATE quote SET version = version + 1, updated_at = clock_timestamp() WHERE id = :quote RETURNING id
), submission AS (
    INSERT INTO quote_submission (quote_id, number, submitted_at, commitment, sealed, supplier_copy)
    SELECT id, 1000 + :number, clock_timestamp(), sha256('x'), repeat('x', 3800), repeat('x', 3800) FROM quote_
    ON CONFLICT DO NOTHING
), place AS (
    SELECT pg_current_xact_id() AS xid, nextval('event_position_seq') AS position
), written AS (
    -- Nothing is returned of it: no policy shows an event before its audience is written.
    INSERT INTO event (position, xid, id, type, subject_type, subject_id, subject_version, organisation_id, actor_name, at, data,
                       change, leaf, hash, hash_version)
    OVERRIDING SYSTEM VALUE
    SELECT position, xid, gen_random_uuid(), 'quote.submitted', 'quote', gen_random_uuid(), 1, NULL, 'bench',
           clock_timestamp(), '{}', '{}', sha256('x'), sha256('x'), 1
      FROM place
), told AS (
    INSERT INTO event_audience (organisation_id, xid, position)
    SELECT reader, xid, position FROM place, unnest(ARRAY[:supplier, :buyer]::uuid[]) AS reader
)
INSERT INTO idempotency (organisation_id, route, key, fingerprint, status, headers, body, sealed, created_at)
SELECT :supplier, 'POST /bench', gen_random_uuid()::text, sha256('x'), 200, '{}', convert_to(repeat('x', 4000), 'UTF8'), false,
       clock_timestamp()
"""


def scripts(known: Prepared) -> dict[str, str]:
    """Pgbench scripts by the operation whose floor they are."""
    supplier = f"'{supplier_id(0)}'::uuid"
    some = ", ".join(f"'{one.removeprefix('rfq_')}'" for one in known.rfqs)
    one = f"(ARRAY[{some}]::uuid[])[:at + 1]"
    drafts = ", ".join(f"'{one.removeprefix('quo_')}'" for one in known.drafts[:100])
    quote = f"(ARRAY[{drafts}]::uuid[])[:at + 1]"
    xid, position = known.cursors[len(known.cursors) // 2]
    submit = _SUBMIT
    for name, value in ((":quote", quote), (":supplier", supplier), (":buyer", f"'{buyer_id(0)}'::uuid")):
        submit = submit.replace(name, value)
    pick = f"\\set at random(0, {len(known.rfqs) - 1})\n\\set number random(1, 1000000000)\n"
    listed = {1: supplier, 2: "NULL::uuid", 3: "51", 4: "NULL::text", 5: "true"}
    feed = {1: supplier, 2: f"'{xid}'", 3: str(position), 4: "100", 5: f"'{EVERYBODY}'::uuid"}
    return {
        "list_rfqs (50)": _bound(rfqs.LIST_OF_SUPPLIER, listed) + ";\n",
        "get_rfq (10 lines)": pick + _bound(rfqs.SEEN, {1: one, 2: supplier}) + ";\n",
        "submit_quote (5 lines)": pick + submit + ";\n",
        "list_events (100, deep)": _bound(ledger.FEED, feed) + ";\n",
    }


def _bound(statement: str, values: Mapping[int, str]) -> str:
    return re.sub(r"\$(\d+)", lambda match: values[int(match[1])], statement)


def statements(database: Database, known: Prepared, folder: Path) -> dict[str, float]:
    """PostgreSQL's microseconds for each of the scripts, under the API's role."""
    if database.postmaster is None:
        return {}
    found = {}
    for number, (name, script) in enumerate(scripts(known).items()):
        path = folder / f"floor-{number}.sql"
        path.write_text("\n".join(line for line in script.splitlines() if not line.lstrip().startswith("--")))
        _pgbench(database, path, 50)
        before = server_seconds(database.postmaster)
        _pgbench(database, path, TRANSACTIONS)
        found[name] = (server_seconds(database.postmaster) - before) / (CLIENTS * TRANSACTIONS) * 1e6
    return found


def _pgbench(database: Database, script: Path, transactions: int) -> None:
    own = binaries_directory() / "pgbench"
    program = str(own) if own.exists() else shutil.which("pgbench")
    if program is None:
        raise FileNotFoundError("there is no pgbench")
    dsn = urlsplit(database.app)
    environment = {
        **os.environ,
        "PGHOST": parse_qs(dsn.query).get("host", [dsn.hostname or ""])[0],
        "PGPORT": parse_qs(dsn.query).get("port", [str(dsn.port or 5432)])[0],
        "PGUSER": unquote(dsn.username or ""),
        "PGPASSWORD": unquote(dsn.password or ""),
        "PGDATABASE": dsn.path[1:],
        "PGOPTIONS": f"-c role=jembatan_api -c jembatan.organisation={supplier_id(0)} "
        "-c plan_cache_mode=force_generic_plan",
    }
    options = ["-n", "-M", "prepared", "-c", str(CLIENTS), "-t", str(transactions), "-f", str(script)]
    done = subprocess.run([program, *options], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"pgbench: {done.stderr[-1500:]}")


def hello() -> float | None:
    """The API's microseconds for a request to Litestar that does nothing."""
    with _greeting() as (port, pid):
        request = b"GET / HTTP/1.1\r\nhost: bench\r\n\r\n"
        operation = Operation("hello", [[request]], (200,), 1_000, 6_000, Target())
        return measured(operation, "127.0.0.1", port, Meters(lambda: tree_seconds(pid), None)).api


@contextmanager
def _greeting() -> Iterator[tuple[int, int]]:
    port = free_port("127.0.0.1", 0)
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.hello", str(port), str(WORKERS)], env=environment, cwd=ROOT
    )
    try:
        ends = time.monotonic() + 30
        with httpx.Client(trust_env=False) as client:
            while True:
                try:
                    client.get(f"http://127.0.0.1:{port}/")
                    break
                except httpx.TransportError:
                    if time.monotonic() > ends:
                        raise
                    time.sleep(0.02)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)
