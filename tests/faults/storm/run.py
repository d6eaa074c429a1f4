"""`make faults`: business goes on while one thing after the other is killed, cut, filled up or set wrong.

Prints its seed first; the same seed gives the same schedule and the same decisions of every client. After each fault what
the clients were told is compared with the database (`invariants.py`), and what partners were sent with the events.
"""

import argparse
import asyncio
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import asyncpg
import httpx
from faults import invariants
from faults.storm.clients import Network, User
from faults.storm.journal import PROMISES, Finding, Journal
from faults.storm.load import Market
from faults.storm.partners import ILLS, PATIENCE, Partner, accept
from faults.storm.proxy import Proxy, proxied
from faults.storm.servers import Api, Postgres, Program, Standby, environment_for, initialise, running, worker
from receivers import receiver

from api import doctor
from api.runtime import APP_LOGIN, DATABASE
from api.settings import Settings
from domain.ids import read

BUYERS, SUPPLIERS = 4, 8
"""A dozen users."""
QUIET = (1.0, 2.0)
"""Seconds of undisturbed business before each fault, at least and at most."""
BACK_SECONDS = 30.0
"""After a fault a write is acknowledged within this time, or on a slow machine three times that of the server's first start."""
DISK = 64 * 1024 * 1024
"""Bytes of a file system that gets full: memory, where it is filled."""
SOON = 3.0
"""Seconds for partners that are well; after that the leases of whoever was killed are let run out."""
DIGITS = re.compile(rb"(?<![0-9A-Za-z_+/.-])\d{8}(?![0-9A-Za-z_+/-])")
"""What a price looks like; inside a longer run of letters and digits it is an id by chance."""


PASS_TIME_OF_MESSAGES = """
UPDATE webhook_delivery
   SET next_attempt_at = now(), claimed_until = CASE WHEN claim IS NULL THEN NULL ELSE now() END
 WHERE endpoint_id = $1 AND state = 'pending'
"""
PASS_TIME_OF_LANE = """
UPDATE webhook_lane SET paused_until = NULL, due_at = now() WHERE endpoint_id = $1
"""


class Skipped(Exception):
    """This machine cannot bring the fault about; the message says why."""


class Row(NamedTuple):
    """One fault in the table."""

    name: str
    seconds: float
    back: float | None
    writes: int
    retries: int
    checks: Counter[str]
    findings: list[Finding]
    skipped: str | None


class Storm:
    """Everything that runs, and the faults that can be brought over it."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home = home
        self.dice = random.Random(seed)  # noqa: S311  a schedule that can be repeated
        self.journal = Journal()
        self.stop = asyncio.Event()
        self.postgres = Postgres(home)
        self.files = home / "files"
        self.owner_dsn = ""
        self.proxy: Proxy
        self.api: Api
        self.worker: Program
        self.network: Network
        self.probe: User
        self.market: Market
        self.partners: list[Partner] = []
        self.environment: dict[str, str] = {}
        self.standby: Standby | None = None
        self.start_seconds = 0.0
        self.position = 0
        self._new_texts: list[bytes] = []
        self._read_up_to: Counter[Path] = Counter()
        self._told = 0
        self._kept = datetime.min.replace(tzinfo=UTC)

    # -- the faults: each begins, lasts for a moment, and is over when its function returns

    async def nothing(self) -> None:
        """Business as usual: what the others are compared with."""
        await asyncio.sleep(3)

    async def api_worker_killed(self) -> None:
        """SIGKILL of one server process, then of the other; their parent starts new ones.

        Not of the new ones: a parent that loses the same one twice within 5.5 s takes it for a crash loop and ends.
        """
        for pid in self.dice.sample(self.api.children, 2):
            os.kill(pid, 9)
            await asyncio.sleep(self.dice.uniform(0.5, 1.5))

    async def dispatcher_killed(self) -> None:
        """SIGKILL of the process that closes what is due and sends webhooks; somebody starts another."""
        await self.worker.kill()
        await asyncio.sleep(self.dice.uniform(0.2, 1.0))
        self.worker.start()

    async def backend_killed(self) -> None:
        """SIGKILL of one PostgreSQL backend: PostgreSQL ends all its sessions and recovers."""
        owner = await asyncpg.connect(self.owner_dsn)
        pids = await owner.fetch(
            "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid() "
            "AND application_name LIKE 'jembatan%' ORDER BY state = 'active' DESC, pid LIMIT 5",
            DATABASE,
        )
        await owner.close()
        os.kill(self.dice.choice(pids)["pid"], 9)

    async def postgres_killed(self) -> None:
        """SIGKILL of all of PostgreSQL, as when the machine dies, and a new start."""
        self.postgres.kill()
        await asyncio.sleep(self.dice.uniform(0.1, 1.0))
        await asyncio.to_thread(self.postgres.start)

    async def server_restarted(self) -> None:
        """SIGTERM in the middle of it, as at a deploy, and a new start."""
        await self.api.stop()
        self.api.start()
        await self.api.ready()

    async def sockets_cut(self) -> None:
        """Every connection to the database is reset, again and again."""
        for _ in range(4):
            self.proxy.cut()
            await asyncio.sleep(self.dice.uniform(0.2, 0.7))

    async def slow_wire(self) -> None:
        """Each packet to and from the database takes 30 ms longer."""
        self.proxy.delay = 0.03
        await asyncio.sleep(4)
        self.proxy.heal()

    async def black_hole(self) -> None:
        """What is sent to the database vanishes, and nothing says so."""
        self.proxy.swallow()
        await asyncio.sleep(self.dice.uniform(5.5, 6.5))
        self.proxy.heal()

    async def receivers_ill(self) -> None:
        """A partner's server fails, hangs, resets and drips while the others are well."""
        ill = next(partner for partner in self.partners if not partner.is_well)
        for name in self.dice.sample(sorted(ILLS), len(ILLS)):
            ill.receiver.behave = ILLS[name]
            await asyncio.sleep(1.2)
        ill.receiver.behave = accept

    async def files_full(self) -> None:
        """The disk under the files is full for a while."""
        if not is_mounted(self.files):
            raise Skipped("mounting a small file system needs root")
        ballast = self.files / "ballast"
        _fill(ballast)
        uploads = [asyncio.create_task(self.market.upload(user)) for user in self.market.suppliers]
        done, _ = await asyncio.wait(uploads, timeout=2.5)
        ballast.unlink()
        self.journal.judge("P9", holds=not done, says=f"{len(done)} uploads ended on a full disk")
        await asyncio.gather(*uploads)

    async def database_full(self) -> None:
        """The disk under one of PostgreSQL's tables is full for a while."""
        place = self.home / "tablespace"
        if not is_mounted(place):
            raise Skipped("mounting a small file system needs root")
        owner = await asyncpg.connect(self.owner_dsn)
        await owner.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
        await owner.execute("ALTER TABLE idempotency SET TABLESPACE small")
        ballast = place / "ballast"
        _fill(ballast)
        await asyncio.sleep(3)
        ballast.unlink()
        await owner.execute("ALTER TABLE idempotency SET TABLESPACE pg_default")
        await owner.execute("DROP TABLESPACE small")
        await owner.close()

    async def clock_ahead(self) -> None:
        """Half of the requests go to a server whose clock is an hour ahead."""
        if shutil.which("faketime") is None:
            raise Skipped("faketime is not installed")
        ahead = Api("ahead", home=self.home, environment=self.environment, workers=1, faketime="+1h")
        async with running(ahead):
            self.network.urls.append(ahead.url)
            await asyncio.sleep(6)
            self.network.urls.remove(ahead.url)
            await asyncio.sleep(0.5)

    async def failover(self) -> None:
        """The machine of PostgreSQL dies; a standby that every commit waited for takes its place."""
        self.standby = Standby(self.postgres)
        await self.standby.start()
        await asyncio.sleep(self.dice.uniform(1.5, 2.5))
        self.postgres.kill()
        await self.standby.promote()
        self.proxy.target, self.owner_dsn = self.standby.socket, self.standby.owner_dsn

    # -- around them

    async def bring(self, name: str, fault: Callable[[], Awaitable[None]]) -> Row:
        """One fault: business as usual, the fault, the service back, everything compared."""
        journal = self.journal
        await asyncio.sleep(self.dice.uniform(*QUIET))
        findings, checks = len(journal.findings), journal.checks.copy()
        writes, retries = len(journal.acknowledged), journal.retries
        began = time.monotonic()
        back, skipped = None, None
        try:
            await fault()
        except Skipped as reason:
            skipped = str(reason)
        else:
            back = await self._back()
            await self._compare()
        return Row(
            name, time.monotonic() - began, back, len(journal.acknowledged) - writes, journal.retries - retries,
            journal.checks - checks, list(journal.since(findings)), skipped,
        )  # fmt: skip

    async def _back(self) -> float:
        """Seconds until a new write is acknowledged."""
        began = time.monotonic()
        answer = await self.probe.write("POST", "/v1/rfqs", {"title": "Probe", "visibility": "open", "lines": []})
        took = time.monotonic() - began
        said = f"a write took {took:.1f} s after the fault: {answer.status} {answer.raw[:200]!r}"
        self.journal.judge("P11", holds=answer.is_done and took < max(BACK_SECONDS, 3 * self.start_seconds), says=said)
        return took

    async def _compare(self) -> None:
        journal, seen = self.journal, list(self.journal.acknowledged)
        owner = await asyncpg.connect(self.owner_dsn)
        try:
            found = await invariants.broken(owner)
            for invariant in invariants.INVARIANTS:
                journal.saw(invariant.promise)
            found += await invariants.matching(owner, journal, seen)
            journal.saw("P1", len(seen))
            journal.saw("P2", len(journal.titles) + len(journal.files))
            journal.saw("P3", len(journal.early))
            wrong, looked = await invariants.leaves(owner, self.position)
            self.position = await owner.fetchval("SELECT coalesce(max(position), 0) FROM event")
            journal.saw("P8", looked)
            found += wrong
            wrong, looked = await invariants.stored(owner, self.files)
            journal.saw("P9", looked)
            journal.findings += found + wrong
            await self._delivered(owner)
            await self._prices(owner)
        finally:
            await owner.close()

    async def _delivered(self, owner: "asyncpg.Connection[asyncpg.Record]") -> None:
        """Partners that are well get everything that was announced up to now, soon, though others are ill."""
        owed = {partner.endpoint: await partner.owed(owner) for partner in self.partners}
        for partner in self.partners:
            if partner.is_well:
                missing = await self._served(owner, partner, owed[partner.endpoint])
                said = f"{missing} of {len(owed[partner.endpoint])} events did not reach a partner that is well in time"
                self.journal.judge("P6", holds=missing == 0, says=said)
                self.journal.judge("P10", holds=missing == 0, says=said)
        for partner in self.partners:
            # Asked again: while it waited more was announced.
            self._new_texts += partner.judge(self.journal, await partner.owed(owner))

    async def _served(self, owner: "asyncpg.Connection[asyncpg.Record]", partner: Partner, owed: set[str]) -> int:
        """How much a partner does not get though time passes: a claim of the dead is good for a minute, retries wait."""
        missing = await partner.until_served(owed, SOON)
        ends = time.monotonic() + max(PATIENCE, 3 * self.start_seconds)
        while missing and time.monotonic() < ends:
            await owner.execute(PASS_TIME_OF_MESSAGES, read("webhook_endpoint", partner.endpoint))
            await owner.execute(PASS_TIME_OF_LANE, read("webhook_endpoint", partner.endpoint))
            missing = await partner.until_served(owed, 1)
        return missing

    async def _prices(self, owner: "asyncpg.Connection[asyncpg.Record]") -> None:
        """No price is in a log, an event or a message, ever; and in no kept answer before the opening."""
        journal = self.journal
        texts, self._new_texts = self._new_texts, []
        for path in (*self.home.glob("*.log"), self.postgres.embedded.log_path):
            with path.open("rb") as log:
                log.seek(self._read_up_to[path])
                texts.append(log.read())
                self._read_up_to[path] += len(texts[-1])
        rows = await owner.fetch("SELECT position, data::text FROM event WHERE position > $1", self._told)
        self._told = max((row["position"] for row in rows), default=self._told)
        texts += [row["data"].encode() for row in rows]
        journal.saw("P3", len(texts))
        for text in texts:
            for price in _digits(text) & journal.prices.keys():
                journal.found("P3", f"the price {price} of {journal.prices[price]} is in {text[:100]!r}")
        kept = await owner.fetch(
            "SELECT created_at, route, body FROM idempotency WHERE NOT sealed AND status < 300 AND created_at > $1",
            self._kept,
        )
        self._kept = max((row["created_at"] for row in kept), default=self._kept)
        rows = await owner.fetch("SELECT id, opened_at FROM rfq WHERE opened_at IS NOT NULL")
        opened = {row["id"]: row["opened_at"] for row in rows}
        journal.saw("P3", len(kept))
        for row in kept:
            for price in _digits(row["body"]) & journal.prices.keys():
                at = opened.get(read("rfq", journal.prices[price]))
                if at is None or row["created_at"] < at:
                    journal.found("P3", f"the sealed price {price} is in what {row['route']} was answered")

    async def finish(self, owner_dsn: str) -> None:
        """The partner that was ill is well again: it gets everything too, in order. The doctor finds nothing broken."""
        owner = await asyncpg.connect(owner_dsn)
        try:
            for partner in self.partners:
                missing = await self._served(owner, partner, await partner.owed(owner))
                self.journal.judge("P6", holds=missing == 0, says=f"{missing} events never reached a partner")
        finally:
            await owner.close()
        report = await doctor.examine(Settings.read(self.environment), owner_dsn, deep=True)
        self.journal.saw("P8", len(report.examined))
        for finding in report.findings:
            if finding.check.severity == "broken":
                said = "; ".join(f"{place.subject} {place.said}" for place in finding.places[:3])
                self.journal.found("P8", f"the doctor finds {finding.check.id} {finding.count} times: {said}")


def _digits(text: bytes) -> set[str]:
    return {digits.decode() for digits in DIGITS.findall(text)}


def is_mounted(folder: Path) -> bool:
    """Whether the folder is a file system of its own."""
    return os.path.ismount(folder)


def _fill(path: Path) -> None:
    """Write into `path` until the disk is full."""
    with path.open("wb", buffering=0) as out, contextlib.suppress(OSError):
        while True:
            out.write(bytes(4096))


FAULTS = (
    "api_worker_killed", "dispatcher_killed", "backend_killed", "postgres_killed", "server_restarted", "sockets_cut",
    "slow_wire", "black_hole", "receivers_ill", "files_full", "database_full", "clock_ahead",
)  # fmt: skip


async def weather(storm: Storm, chosen: list[str]) -> list[Row]:
    """The whole storm: what it did."""
    async with AsyncExitStack() as stack:
        stack.callback(storm.postgres.stop)
        await asyncio.to_thread(storm.postgres.start)
        await storm.postgres.prepare()
        storm.owner_dsn = storm.postgres.owner_dsn
        for folder in (storm.files, storm.home / "tablespace"):
            _mount(folder, stack)
        account = storm.postgres.embedded._account
        os.chown(storm.home / "tablespace", account.uid, account.gid)
        storm.proxy = await stack.enter_async_context(proxied(storm.postgres.socket))
        dsn = f"postgresql://{APP_LOGIN}@127.0.0.1:{storm.proxy.port}/{DATABASE}?sslmode=disable"
        storm.environment = environment_for(dsn, storm.home, JEMBATAN_FILES=f"file://{storm.files}")
        operator = await asyncio.to_thread(initialise, storm.environment)
        storm.api = Api("api", home=storm.home, environment=storm.environment)
        storm.worker = worker(home=storm.home, environment=storm.environment)
        starting = time.monotonic()
        await stack.enter_async_context(running(storm.api, storm.worker))
        storm.start_seconds = time.monotonic() - starting
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, limits=limits))
        storm.network = Network(http, storm.journal, storm.stop)
        storm.network.urls.append(storm.api.url)
        buyers, suppliers = await _users(storm, operator)
        storm.probe = buyers.pop()
        for number, user in enumerate((buyers[0], buyers[1], suppliers[0], suppliers[1])):
            served = await stack.enter_async_context(receiver())
            partner = Partner(user, served, is_well=number != 1)
            await partner.subscribe()
            storm.partners.append(partner)
        rows = []
        storm.market = Market(buyers, suppliers)
        business = asyncio.create_task(storm.market.run(storm.stop))
        try:
            for name in chosen:
                row = await storm.bring(name, getattr(storm, name))
                rows.append(row)
                say(row)
                if business.done():
                    break
        except BaseException:
            business.cancel()
            raise
        storm.stop.set()
        await business
        began, findings, checks = time.monotonic(), len(storm.journal.findings), storm.journal.checks.copy()
        await storm.finish(storm.owner_dsn)
        await storm._compare()
        rows.append(
            Row("calm after it", time.monotonic() - began, None, 0, 0, storm.journal.checks - checks,
                list(storm.journal.since(findings)), None)
        )  # fmt: skip
        print(f"{storm.market.finished} RFQs were played to their end")
        if storm.standby is not None:
            stack.callback(storm.standby.stop)
    return rows


async def _users(storm: Storm, operator: str) -> tuple[list[User], list[User]]:
    boss = User(storm.network, operator, "", 0)
    made: dict[str, list[User]] = {"buyer": [], "supplier": []}
    for role, count in (("buyer", BUYERS + 1), ("supplier", SUPPLIERS)):
        for number in range(count):
            registered = await boss.network.http.post(
                f"{storm.api.url}/v1/registrations",
                json={"name": f"PT {role} {number}", "roles": [role]},
                headers={"idempotency-key": f"{role} {number}"},
            )
            body = registered.json()
            organisation = body["organisation"]["id"]
            verified = await boss.write("POST", f"/v1/organisations/{organisation}/verify")
            assert verified.is_done, verified.raw
            made[role].append(User(storm.network, body["secret"], organisation, storm.dice.getrandbits(64)))
    storm.journal.acknowledged.clear()
    return made["buyer"], made["supplier"]


def _mount(folder: Path, stack: AsyncExitStack) -> None:
    folder.mkdir(mode=0o700, parents=True)
    if os.geteuid() == 0 and _runs("mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0700", "none", str(folder)):
        stack.callback(_runs, "umount", "--lazy", str(folder))


def _runs(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def say(row: Row) -> None:
    """One line as soon as a fault is over."""
    if row.skipped:
        print(f"  SKIPPED {row.name}: {row.skipped}", flush=True)
        return
    back = "" if row.back is None else f", a write {row.back:.2f} s after it"
    print(f"  {row.name}: {row.seconds:.1f} s, {row.writes} writes, {row.retries} retries{back}", flush=True)
    for finding in row.findings[:10]:
        print(f"    BROKEN {finding.promise}: {finding.says}", flush=True)


def table(rows: list[Row]) -> str:
    """Faults by promises: how often each is broken, and in the last line how often each was looked at."""
    lines = [f"{'fault':20}{'writes':>8}{'retries':>9}{'back':>8}  " + "".join(f"{name:>6}" for name in PROMISES)]
    for row in rows:
        if row.skipped:
            lines.append(f"{row.name:20} SKIPPED: {row.skipped}")
            continue
        broken = Counter(finding.promise for finding in row.findings)
        cells = [str(broken[name]) if row.checks[name] or broken[name] else "-" for name in PROMISES]
        back = "" if row.back is None else f"{row.back:.2f} s"
        lines.append(f"{row.name:20}{row.writes:8}{row.retries:9}{back:>8}  " + "".join(f"{cell:>6}" for cell in cells))
    looked = sum((row.checks for row in rows), Counter[str]())
    lines.append(f"{'looked at':45}  " + "".join(f"{looked[name]:>6}" for name in PROMISES))
    return "\n".join(lines)


def main() -> int:
    """0 when no promise was broken."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it leaves no process behind
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", nargs="*", default=None, help="only these faults")
    arguments = parser.parse_args()
    seed = random.SystemRandom().getrandbits(32) if arguments.seed is None else arguments.seed
    print(f"seed {seed} (make faults SEED={seed} brings the same storm)", flush=True)
    home = Path(tempfile.mkdtemp(prefix="jembatan-faults-"))
    home.chmod(0o755)
    storm = Storm(home, seed)
    order = list(FAULTS)
    storm.dice.shuffle(order)
    order = ["nothing", *order, "failover"]  # nothing comes back after the last
    chosen = [name for name in order if arguments.only is None or name in arguments.only]
    began = time.monotonic()
    failed = True
    try:
        rows = asyncio.run(weather(storm, chosen))
        print(table(rows))
        broken = sum(len(row.findings) for row in rows)
        answers = ", ".join(f"{count} x {status}" for status, count in storm.journal.statuses.most_common())
        print(f"answers: {answers}; {storm.journal.duplicates} writes were sent twice at once")
        failed = broken > 0
        print(f"{broken} broken promises in {time.monotonic() - began:.0f} s")
    finally:
        if failed:
            print(f"seed {seed}; logs are kept in {home}")
        else:
            shutil.rmtree(home, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
