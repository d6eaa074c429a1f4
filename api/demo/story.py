"""The demonstration: plays every party over HTTP with its own key, from drawings to accepted pieces, and tells what came of it."""

import asyncio
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.demo import invoicing, measuring, negotiating
from api.demo.cast import FACILITATOR, Cast, Keys, load
from api.demo.client import DemoError
from api.demo.delivering import deliver, open_and_award
from api.demo.sourcing import Request
from domain.reports.endings import silent_endings
from domain.reports.feed import realised_from_feed

AT_ONCE = 6
BESIDES = (
    "question.answered",
    "rfq.addendum_published",
    "rfq.round_started",
    "award_scenario.solved",
    "rfq.reissued",
    "first_article.rejected",
    "first_article.approved",
    "nonconformance.complained",
    "return_shipment.received",
    "nonconformance.replacement_sent",
    "invoice.disputed",
    "invoice.paid",
    "cost_claim.settled",
)
"""What some of the RFQs go through, by the events that tell of it."""
QUOTING_SECONDS = 20
FAST_SECONDS = 12
START_SECONDS = 60


class Server:
    """A `jembatan serve` of our own on a free port."""

    def __init__(self, home: Path, port: int, log: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        # A year of everybody's work is played in a minute.
        environment = {"JEMBATAN_HOME": str(home), "PYTHONUNBUFFERED": "1", "JEMBATAN_RATE_PER_MINUTE": "0"}
        environment["JEMBATAN_EXPENSIVE_PER_MINUTE"] = "0"
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "api", "serve", "--port", str(port)],
            stdout=self._log,
            stderr=self._log,
            stdin=subprocess.DEVNULL,
            env=_environment(environment),
            start_new_session=True,
        )

    async def ready(self) -> None:
        """Wait until it answers. Raises DemoError."""
        ends = time.monotonic() + START_SECONDS
        async with httpx.AsyncClient(trust_env=False) as client:
            while time.monotonic() < ends:
                if self._process.poll() is not None:
                    raise DemoError(f"the server did not start; its log is {self._log.name}")
                try:
                    if (await client.get(f"{self.url}/health/ready")).status_code == 200:  # noqa: PLR2004
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.1)
        raise DemoError(f"the server was not ready within {START_SECONDS} s; its log is {self._log.name}")

    def stop(self) -> None:
        """Let it drain, then make sure."""
        self._process.terminate()
        try:
            self._process.wait(40)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    @property
    def pid(self) -> int:
        """Of the serving process."""
        return self._process.pid


FOREIGN = (
    "DATABASE_URL",
    "JEMBATAN_MIGRATION_URL",
    "JEMBATAN_FILES",
    "JEMBATAN_KEYS",
    "JEMBATAN_OPENS",
    "JEMBATAN_OPENING_KEY",
    "JEMBATAN_OPENING_KEY_COMMAND",
)
"""Settings of a real installation, which a demonstration must not touch."""


def _environment(changes: dict[str, str]) -> dict[str, str]:
    from api.settings import inherited

    return inherited(changes, without=FOREIGN)


class Story:
    """One run. Every step looks where things stand, so that a broken run goes on where it was."""

    def __init__(self, console: Console, url: str, home: Path, *, seed: int, fast: bool) -> None:
        self.console, self.url, self.home = console, url, home
        self.seed, self.seconds = seed, FAST_SECONDS if fast else QUOTING_SECONDS
        self.keys = Keys(home / "demo-keys.json")
        self.requests: list[Request] = []
        self.refused_late = 0

    async def play(self, operator_secret: str | None) -> bool:
        """All of it; whether the figures agree."""
        limits = httpx.Limits(max_connections=AT_ONCE * 2)
        async with httpx.AsyncClient(base_url=self.url, timeout=60, limits=limits, trust_env=False) as http:
            self.keys.begin()
            self.cast = Cast(http, self.keys)
            with Progress(
                TextColumn("{task.description:<42}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self.console,
            ) as progress:
                self.progress = progress
                await self._gather(operator_secret)
                await self._source()
                await self._wait()
                await self._award_and_deliver()
            agree = await self._tell()
            self.keys.finish()
            return agree

    async def _each(self, title: str, things: Iterable[Any], work: Callable[[Any], Awaitable[Any]]) -> list[Any]:
        listed = list(things)
        task = self.progress.add_task(title, total=len(listed))
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(thing: Any) -> Any:
            async with gate:
                result = await work(thing)
                self.progress.advance(task)
                return result

        async with asyncio.TaskGroup() as group:
            running = [group.create_task(one(thing)) for thing in listed]
        return [task_.result() for task_ in running]

    async def _gather(self, operator_secret: str | None) -> None:
        await self.cast.join_operator(operator_secret)
        await self.cast.join_facilitator()
        await self._each("Buyers join and are verified", load("buyers"), self.cast.join_buyer)
        await self._each("Workshops join, say what they can make", load("workshops"), self.cast.join_workshop)
        self.requests = [Request(self.cast, row, run=self.keys.run, seed=self.seed) for row in load("rfqs")]

    async def _source(self) -> None:
        await self._each("RFQs drafted, drawings attached", self.requests, lambda item: item.draft())
        await self._each("Workshops invited by capability", self.requests, lambda item: item.invite())
        closes = datetime.now(UTC) + timedelta(seconds=self.seconds)
        await self._each("RFQs published", self.requests, lambda item: item.publish(closes))
        pairs = [(request, name) for request in self.requests for name in request.invited]
        outcomes = await self._each("NDA, drawing, quote (or a reason)", pairs, lambda pair: pair[0].answer(pair[1]))
        self.refused_late += outcomes.count("late")
        many = [request for request in self.requests if len(request.invited) > negotiating.ENOUGH]
        first = many[0]
        many[1].again = many[2].by_scenario = True
        await self._each("A question, an addendum, confirmed prices", many[3:5], negotiating.ask_and_amend)
        await first.revise(first.invited[0])
        await first.withdraw(first.invited[-1])

    async def _wait(self) -> None:
        task = self.progress.add_task("Quoting closes by the database's clock", total=len(self.requests))
        while True:
            states = [(await request.now())["state"] for request in self.requests]
            done = sum(state != "open" for state in states)
            self.progress.update(task, completed=done)
            if done == len(states):
                break
            await asyncio.sleep(0.5)
        late = next(request for request in self.requests if request.invited)
        if not await late.be_late(late.invited[-1]):
            raise DemoError("a quote after the deadline was not refused")
        self.refused_late += 1

    async def _award_and_deliver(self) -> None:
        await self._each("Opened, compared, awarded, accepted", self.requests, open_and_award)
        await self._each("Despatched, counted, inspected", self.requests, deliver)
        await self._each("Invoiced, matched, paid", self.requests, invoicing.settle)
        await self._each("Issued again for next year", self.requests[-1:], negotiating.issue_again)

    async def _tell(self) -> bool:
        console, agree = self.console, True
        table = Table(title="What came of it")
        for heading in ("buyer", "RFQs", "quotes", "awards", "orders", "accepted pieces"):
            table.add_column(heading, justify="left" if heading == "buyer" else "right")
        values = Table(title="Import substitution, million rupiah of CIF value")
        for heading in ("buyer", "potential", "committed", "realised", "from the feed alone"):
            values.add_column(heading, justify="left" if heading == "buyer" else "right")
        sums: Counter[str] = Counter()
        seen: Counter[str] = Counter()
        feeds: dict[str, list[Any]] = {}
        for row in load("buyers"):
            buyer = self.cast.party(row["id"])
            events = [event async for event in _feed(buyer)]
            feeds[buyer.organisation_id] = events
            counts = Counter(event["type"] for event in events)
            seen.update(counts)
            report = (await buyer.get("/v1/reports/import-substitution"))["total"]
            from_feed = realised_from_feed(events)
            agree &= str(from_feed) == report["realised_idr"]
            figures = {
                "RFQs": counts["rfq.published"],
                "quotes": counts["quote.opened"],
                "awards": counts["award.issued"],
                "orders": counts["order.issued"],
            }
            sums.update(figures)
            table.add_row(
                row["name"], *(str(figure) for figure in figures.values()), _grouped(report["accepted_quantity"])
            )
            values.add_row(
                row["name"],
                *(_millions(report[name]) for name in ("potential_idr", "committed_idr", "realised_idr")),
                _millions(str(from_feed)),
            )
        console.print(table, values)
        console.print("Besides: " + ", ".join(f"{seen.get(name, 0)} x {name}" for name in BESIDES) + ".")
        totals = ", ".join(f"{figure} {name}" for name, figure in sums.items())
        console.print(f"In all: {totals}; {self.refused_late} quotes refused as late.")
        aggregate = (await self.cast.party(FACILITATOR).get("/v1/reports/import-substitution"))["total"]
        realised = aggregate["realised_idr"]
        shown = "withheld, fewer than three buyers" if realised is None else f"Rp {_grouped(realised)}"
        console.print(f"The facilitator sees sums alone: realised {shown}.")
        for row in load("workshops"):
            workshop = self.cast.party(row["id"])
            feeds[workshop.organisation_id] = [event async for event in _feed(workshop)]
        silent = silent_endings(feeds)
        console.print(f"{len(silent)} participants of ended RFQs were left without an answer.")
        await measuring.show(self.requests, self.home, self.console.print)
        await self._tell_one()
        return agree and not silent

    async def _tell_one(self) -> None:
        request = self.requests[0]
        self.console.print(f"\n[bold]{request.line['name']['en']}[/] ({request.name}), as its buyer's feed tells it:")
        shown: list[str] = []
        async for event in _feed(request.buyer):
            if event["subject_id"] == request.id or event["data"].get("rfq_id") == request.id:
                line = f"  {event['at'][11:19]}  {event['type']:<34} {event['actor_name']}"
                if not event["type"].startswith("participation.document"):
                    shown.append(line)
        for line in shown[:60]:
            self.console.print(line, highlight=False)


def _grouped(text: str) -> str:
    return f"{int(text.partition('.')[0]):,}".replace(",", ".")


def _millions(text: str) -> str:
    """Whole millions: `121.141` is 121 miliar."""
    return _grouped(str(int(text.partition(".")[0]) // 1_000_000))


async def _feed(party: Any) -> Any:
    """Every event of a party's feed; the feed always gives a cursor to go on from, so an empty page is the end."""
    after = ""
    while True:
        page = await party.get(f"/v1/events?limit=100{after}")
        for event in page["items"]:
            yield event
        if not page["items"] or page["next_cursor"] is None:
            return
        after = f"&after={page['next_cursor']}"
