"""The demonstration, run as a user runs it; what it leaves behind is replayed from its events."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from api.embedded_postgres import EmbeddedPostgres
from api.routes.events_wire import EventOut
from domain.awards import sql as awards
from domain.change_orders import sql as change_orders
from domain.cost_claims import sql as cost_claims
from domain.credentials import sql as credentials
from domain.database import Database, Tx
from domain.deliveries import sql as deliveries
from domain.files import sql as files
from domain.first_articles import sql as first_articles
from domain.inspection_plans import sql as inspection_plans
from domain.invoices import sql as invoices
from domain.ledger import sql as ledger
from domain.ledger.model import START, Place
from domain.ledger.record import builtins, replay
from domain.memberships import sql as memberships
from domain.nonconformances import sql as nonconformances
from domain.objections import sql as objections
from domain.orders import sql as orders
from domain.organisations import sql as organisations
from domain.participations import sql as participations
from domain.quality import sql as quality
from domain.questions import sql as questions
from domain.quotes import sql as quotes
from domain.rfqs import sql as rfqs
from domain.scenarios import sql as scenarios
from domain.schedules import sql as schedules
from domain.scorecards import sql as marks
from domain.scorecards.model import LOOKBACK_DAYS
from domain.scorecards.rules import compute

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


async def _participation(tx: Tx, subject_id: Any) -> Any:
    row = await tx.fetchrow("SELECT rfq_id, supplier_id FROM participation WHERE id = $1", subject_id)
    assert row is not None
    return await participations.find(tx, row["rfq_id"], row["supplier_id"])


async def _inspection(tx: Tx, subject_id: Any) -> Any:
    return await quality.inspection_of(
        tx, await tx.fetchval("SELECT receipt_id FROM inspection WHERE id = $1", subject_id)
    )


async def _nonconformance(tx: Tx, subject_id: Any) -> Any:
    order_id = await tx.fetchval("SELECT order_id FROM nonconformance WHERE id = $1", subject_id)
    return await nonconformances.get(tx, order_id, subject_id)


async def _return_shipment(tx: Tx, subject_id: Any) -> Any:
    order_id = await tx.fetchval("SELECT order_id FROM return_shipment WHERE id = $1", subject_id)
    return await nonconformances.get_return(tx, order_id, subject_id)


async def _cost_claim(tx: Tx, subject_id: Any) -> Any:
    order_id = await tx.fetchval("SELECT order_id FROM cost_claim WHERE id = $1", subject_id)
    return await cost_claims.get(tx, order_id, subject_id)


async def _scenario(tx: Tx, subject_id: Any) -> Any:
    return (await scenarios.get(tx, subject_id)).scenario


async def _first_article(tx: Tx, article_id: Any) -> Any:
    row = await tx.fetchrow("SELECT order_id FROM first_article WHERE id = $1", article_id)
    assert row is not None
    return await first_articles.get(tx, row["order_id"], article_id)


async def _invoice(tx: Tx, invoice_id: Any) -> Any:
    order_id = await tx.fetchval("SELECT order_id FROM invoice WHERE id = $1", invoice_id)
    return await invoices.get(tx, order_id, invoice_id)


READERS: dict[str, Any] = {
    "organisation": organisations.get,
    "file": files.get,
    "rfq": rfqs.get,
    "quote": quotes.get,
    "award": awards.get,
    "objection": objections.get,
    "award_scenario": _scenario,
    "order": orders.get,
    "first_article": _first_article,
    "invoice": _invoice,
    "change_order": change_orders.get,
    "schedule_line": schedules.get,
    "heartbeat": schedules.get_heartbeat,
    "despatch": deliveries.get_despatch,
    "receipt": deliveries.get_receipt,
    "credential": credentials.get,
    "participation": _participation,
    "question": questions.get,
    "membership": memberships.get,
    "inspection": _inspection,
    "nonconformance": _nonconformance,
    "inspection_plan": inspection_plans.by_id,
    "return_shipment": _return_shipment,
    "mark": marks.get,
    "cost_claim": _cost_claim,
}
"""How each kind of aggregate is read back."""


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "JEMBATAN_HOME": str(home), "COLUMNS": "160"}


def run(home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "api", "demo", "--fast"],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


async def counts(connection: "asyncpg.Connection[asyncpg.Record]") -> dict[str, int]:
    rows = await connection.fetch("SELECT type, count(*) AS n FROM event GROUP BY type")
    return {row["type"]: row["n"] for row in rows}


async def check(home: Path, *, whole: bool = True) -> None:
    """Every aggregate replays, and no opened RFQ has a quote left behind; a `whole` run has its figures besides."""
    with EmbeddedPostgres.start(home / "demo") as server:
        dsn = server.dsn(user="postgres", database="jembatan")
        connection = await asyncpg.connect(dsn)
        try:
            found = await counts(connection)
            assert found["rfq.published"] >= 32
            delivered = await connection.fetchval("SELECT count(DISTINCT order_id) FROM order_line WHERE accepted > 0")
            if whole:
                assert found["quote.opened"] >= 100
                assert found["award.issued"] >= 20
                for told in ("question.answered", "rfq.addendum_published", "quote.reconfirmed", "rfq.round_started"):
                    assert found[told] >= 1, told
                assert found["quote.superseded"] >= 1
                assert found["award_scenario.solved"] >= 1
                assert found["rfq.reissued"] >= 1
                assert delivered >= 15
                assert found["invoice.paid"] >= 3
                assert found["invoice.disputed"] >= 1
                assert found["invoice.matched"] > found["invoice.paid"]
            subjects = await connection.fetch("SELECT DISTINCT subject_type, subject_id FROM event")
            lost = await connection.fetchval(
                "SELECT count(*) FROM quote q WHERE submission > 0 AND state = 'submitted' "
                "AND EXISTS (SELECT FROM rfq r WHERE r.id = q.rfq_id AND r.opened_at IS NOT NULL)"
            )
            assert lost == 0, "an acknowledged quote was not opened"
        finally:
            await connection.close()
        db = await Database.connect(dsn, role="jembatan_api", application="replay", size=2)
        try:
            async with db.read(_system()) as tx:
                for subject in subjects:
                    await _replayed(tx, subject["subject_type"], subject["subject_id"])
                if whole:
                    await _scored(tx)
        finally:
            await db.close()


async def _replayed(tx: Tx, kind: str, subject_id: Any) -> None:
    row = builtins(await READERS[kind](tx, subject_id))
    told = replay(await ledger.changes(tx, subject_id))
    assert {name: (told.get(name), value) for name, value in row.items() if told.get(name) != value} == {}, kind


async def _scored(tx: Tx) -> None:
    """Each scorecard is the same from its own events and from the feed as `GET /v1/events` shows it; some have figures."""
    as_of, known = await tx.now(), set()
    for row in await tx.fetch("SELECT id FROM organisation ORDER BY id"):
        told = await marks.events(tx, row["id"], as_of=as_of, days=LOOKBACK_DAYS, limit=100_000)
        feed: list[Any] = []
        while page := await ledger.feed(
            tx,
            row["id"],
            after=Place(feed[-1].xid, feed[-1].position) if feed else START,
            limit=500,
        ):
            feed += page
        shown = msgspec.json.decode(msgspec.json.encode([EventOut.of(event) for event in feed]))
        for side in ("supplier", "buyer"):
            card = compute(told, row["id"], side=side, window="90d", as_of=as_of)
            assert compute(shown, row["id"], side=side, window="90d", as_of=as_of) == card
            known |= {figure.formula.code for figure in card.figures if figure.n}
    assert known >= {
        "on_time_in_full",
        "rejected_ppm",
        "response",
        "acknowledgement_days",
        "answer_hours",
        "award_rate",
    }


def _system() -> Any:
    from domain.actors import SYSTEM

    return SYSTEM


def test_the_demo_runs_runs_again_and_replays(tmp_path: Path) -> None:
    first = run(tmp_path)
    assert "In all: 32 RFQs" in first
    run(tmp_path)  # again: a second edition beside the first
    asyncio.run(check(tmp_path))
    examined = subprocess.run(
        [sys.executable, "-m", "api", "doctor", "--deep"],
        cwd=ROOT,
        env=environment(tmp_path / "demo"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert examined.returncode == 0, examined.stdout + examined.stderr


def test_a_killed_server_loses_no_quote(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "demo", "--fast"],
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    log = tmp_path / "demo" / "server.log"
    ends = time.monotonic() + 90
    while time.monotonic() < ends:
        if log.exists() and log.read_text().count('"submit_quote"') > 20:
            break
        time.sleep(0.05)
    else:
        process.kill()
        process.wait()
        pytest.fail("the demo did not come to quoting")
    pid = _server_of(process.pid)
    os.kill(pid, signal.SIGKILL)
    process.kill()
    process.wait()
    accepted = sum(
        msgspec.json.decode(line).get("status") == 200
        for line in log.read_text().splitlines()
        if line.startswith("{") and '"submit_quote"' in line
    )
    assert accepted > 20
    run(tmp_path)
    # What was not quoted before the deadline is not quoted at all: a killed server does not move it.
    asyncio.run(check(tmp_path, whole=False))
    asyncio.run(_submissions(tmp_path, accepted))


async def _submissions(home: Path, at_least: int) -> None:
    with EmbeddedPostgres.start(home / "demo") as server:
        connection = await asyncpg.connect(server.dsn(user="postgres", database="jembatan"))
        try:
            assert await connection.fetchval("SELECT count(*) FROM quote_submission") >= at_least
        finally:
            await connection.close()


def _server_of(parent: int) -> int:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                status = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if b"serve" in words and int(status[1]) == parent:
                return int(entry.name)
    raise AssertionError("the demo's server was not found")
