"""Real processes in hands that kill them: PostgreSQL (and a synchronous standby), `jembatan serve`, `jembatan work`."""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import asyncpg
import httpx
import psutil

from api.embedded_account import Done
from api.embedded_postgres import PORT, EmbeddedPostgres
from api.embedded_watchdog import find_postmaster
from api.migrate import migrate
from api.runtime import APP_LOGIN, DATABASE, prepare_embedded

ROOT = Path(__file__).parents[3]
START_SECONDS = 120.0
STOP_SECONDS = 40.0


class Postgres:
    """The embedded server. Every process of it may be killed at any time; `start` brings it back."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._handles: list[EmbeddedPostgres] = []

    @property
    def embedded(self) -> EmbeddedPostgres:
        """The newest handle."""
        return self._handles[-1]

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.embedded.socket_directory / f".s.PGSQL.{PORT}"

    @property
    def owner_dsn(self) -> str:
        """A superuser's."""
        return self.embedded.dsn(user="postgres", database=DATABASE)

    def start(self) -> None:
        """Start it, or start it again: recovers, and returns once it answers."""
        self._handles.append(EmbeddedPostgres.start(self._home))

    async def prepare(self) -> None:
        """The application's database, migrated."""
        await prepare_embedded(self.embedded.dsn(user="postgres", database="postgres"), self.owner_dsn)
        await migrate(self.owner_dsn, grant_to=APP_LOGIN)

    def kill(self) -> int:
        """SIGKILL to the postmaster and everything below it, as when the machine dies; how many processes."""
        server = self.embedded
        found = find_postmaster(server.data_directory, server.name)
        return kill_tree(found.pid) if found is not None else 0

    def program(self, name: str, *arguments: str) -> Done:
        """Run one of PostgreSQL's programs under the account of the server, in its folder."""
        return self.embedded._binary(name, *arguments)

    def stop(self) -> None:
        """Stop it for good."""
        for handle in reversed(self._handles):
            handle.stop()
        self._handles.clear()


@contextlib.contextmanager
def own_postgres(name: str) -> Iterator[Postgres]:
    """A started server of a test's own, which it may kill; stopped and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix=f"jembatan-{name}-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        server = Postgres(home)
        server.start()
        try:
            yield server
        finally:
            server.stop()


class Standby:
    """A copy that the primary waits for at every commit. Promoted, it takes the primary's place."""

    def __init__(self, primary: Postgres) -> None:
        self._primary = primary
        self._sockets = Path(tempfile.mkdtemp(prefix="jembatan-standby-"))
        account = primary.embedded._account
        os.chown(self._sockets, account.uid, account.gid)
        self._started = False

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self._sockets / f".s.PGSQL.{PORT}"

    @property
    def owner_dsn(self) -> str:
        """A superuser's."""
        return f"postgresql://postgres@/{DATABASE}?host={self._sockets}&port={PORT}"

    async def start(self) -> None:
        """Copy the primary, follow it, and make its commits wait for this copy."""
        source = str(self._primary.embedded.socket_directory)
        await asyncio.to_thread(
            self._run, "pg_basebackup", f"--host={source}", f"--port={PORT}", "--username=postgres", "--pgdata=standby",
            "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast",
        )  # fmt: skip
        options = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self._sockets),
            "cluster_name": "standby",
            "recovery_init_sync_method": "syncfs",
            "synchronous_standby_names": "",
        }
        words = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        await asyncio.to_thread(
            self._run, "pg_ctl", "start", "--wait", f"--timeout={START_SECONDS:.0f}", "--pgdata=standby",
            "--log=standby.log", f"--options={words}",
        )  # fmt: skip
        self._started = True
        owner = await asyncpg.connect(self._primary.owner_dsn)
        try:
            await owner.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            await owner.execute("SELECT pg_reload_conf()")
            async with asyncio.timeout(START_SECONDS):
                while await owner.fetchval("SELECT sync_state FROM pg_stat_replication") != "sync":
                    await asyncio.sleep(0.05)
        finally:
            await owner.close()

    async def promote(self) -> None:
        """Make it the primary; returns once it takes writes."""
        await asyncio.to_thread(self._run, "pg_ctl", "promote", "--wait", "--pgdata=standby")

    def stop(self) -> None:
        """Stop it and remove its socket."""
        if self._started:
            self._primary.program("pg_ctl", "stop", "--mode=immediate", "--wait", "--pgdata=standby")
        shutil.rmtree(self._sockets, ignore_errors=True)

    def _run(self, name: str, *arguments: str) -> None:
        done = self._primary.program(name, *arguments)
        assert done.returncode == 0, f"{name}: {done.stdout[-500:]} {done.stderr[-500:]}"


class Program:
    """One `jembatan …` process with what it starts; its output goes to a file of its own."""

    def __init__(self, name: str, arguments: Sequence[str], *, log: Path, environment: dict[str, str]) -> None:
        self.name, self.log = name, log
        self._arguments, self._environment = list(arguments), environment
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Of the process that was started."""
        assert self._process is not None
        return self._process.pid

    @property
    def children(self) -> list[int]:
        """Process ids of the server processes below it, oldest first."""
        with contextlib.suppress(psutil.NoSuchProcess):
            found = psutil.Process(self.pid).children(recursive=True)
            return [child.pid for child in found if _is_worker(child)]
        return []

    @property
    def is_alive(self) -> bool:
        """Whether the process that was started still runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it; see `Api.ready` for when it answers."""
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                [*self._arguments], cwd=ROOT, env=self._environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL
            )

    async def stop(self) -> None:
        """SIGTERM, and wait for the end."""
        if self._process is not None and self._process.poll() is None:
            with contextlib.suppress(psutil.NoSuchProcess):
                # `faketime` waits for the program that it started, and does not pass the signal on.
                own = psutil.Process(self.pid)
                (own.children()[0] if own.name() == "faketime" else own).terminate()
            await self._ended(STOP_SECONDS)

    async def kill(self) -> None:
        """SIGKILL to it and all below it."""
        if self._process is not None:
            kill_tree(self.pid)
            await self._ended(STOP_SECONDS)

    async def _ended(self, seconds: float) -> None:
        process = self._process
        assert process is not None
        try:
            await asyncio.to_thread(process.wait, seconds)
        except subprocess.TimeoutExpired:
            kill_tree(process.pid)
            process.wait()


class Api(Program):
    """`jembatan serve` without the worker's duties."""

    def __init__(
        self, name: str, *, home: Path, environment: dict[str, str], workers: int = 2, faketime: str | None = None
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.workers = workers
        command = [
            sys.executable, "-m", "api", "serve", "--api-only", "--port", str(self.port), "--workers", str(workers),
        ]  # fmt: skip
        if faketime is not None:
            # The clocks that measure how long something takes stay true: it is the time of day that is wrong.
            environment = {**environment, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
            command = ["faketime", "-f", faketime, *command]
        super().__init__(name, command, log=home / f"{name}.log", environment=environment)

    async def ready(self) -> None:
        """Wait until it answers that it is. Fails when it ends instead, or takes too long."""
        ends = time.monotonic() + START_SECONDS
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
            while True:
                assert self.is_alive, f"{self.name} ended: {tail(self.log)}"
                assert time.monotonic() < ends, f"{self.name} is not ready: {tail(self.log)}"
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get(f"{self.url}/health/ready")).status_code == httpx.codes.OK:
                        return
                await asyncio.sleep(0.1)


def worker(*, home: Path, environment: dict[str, str]) -> Program:
    """`jembatan work`."""
    return Program("worker", [sys.executable, "-m", "api", "work"], log=home / "worker.log", environment=environment)


def environment_for(dsn: str, home: Path, **settings: str) -> dict[str, str]:
    """What a process of the program needs to know."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JEMBATAN_", "PROMETHEUS_"))}
    return {
        **kept,
        "DATABASE_URL": dsn,
        "JEMBATAN_HOME": str(home),
        "JEMBATAN_WEBHOOK_LOOPBACK": "1",
        "JEMBATAN_RATE_PER_MINUTE": "0",
        "JEMBATAN_EXPENSIVE_PER_MINUTE": "0",
        **settings,
    }


def initialise(environment: dict[str, str]) -> str:
    """Make the keys and the operator; its secret."""
    command = [sys.executable, "-m", "api"]
    subprocess.run([*command, "keys"], cwd=ROOT, env=environment, check=True, capture_output=True)
    done = subprocess.run([*command, "init"], cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.split()[0]


@contextlib.asynccontextmanager
async def running(*programs: Program) -> AsyncIterator[None]:
    """Start the programs; whatever happens they are stopped at the end."""
    try:
        for program in programs:
            program.start()
        for program in programs:
            if isinstance(program, Api):
                await program.ready()
        yield
    finally:
        for program in programs:
            await program.stop()


def kill_tree(pid: int) -> int:
    """SIGKILL to a process and everything below it; how many there were."""
    try:
        process = psutil.Process(pid)
        family = [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return 0
    for one in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.send_signal(signal.SIGKILL)
    psutil.wait_procs(family, timeout=10)
    return len(family)


def free_port() -> int:
    """A port of the loopback that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def tail(path: Path, size: int = 2000) -> str:
    """The end of a log."""
    return path.read_text(errors="replace")[-size:] if path.exists() else ""


def _is_worker(process: psutil.Process) -> bool:
    """Not the helpers of multiprocessing."""
    with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        line = " ".join(process.cmdline())
        return ("resource_tracker" not in line and "api serve" in line) or "spawn_main" in line
    return False
