"""The embedded database survives kills, races and odd folders, and leaves no process behind.

Everything is real: our own processes are killed with SIGKILL, and the database is asked through asyncpg.
"""

import asyncio
import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import stat
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from api import embedded_postgres, embedded_watchdog
from api.embedded_account import EmbeddedPostgresError, binaries_directory
from api.embedded_postgres import EmbeddedPostgres

MODULES = [str(Path(__file__).parents[2]), sysconfig.get_path("purelib")]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
NOBODY = 65534

# Whoever is started in the background of a shell inherits that SIGINT is ignored; this one listens all the same.
OWNER = """
import json, os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from pathlib import Path
from api.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres.start(Path(sys.argv[1]))
try:
    print(json.dumps({"dsn": server.dsn(user="postgres", database="postgres")}), flush=True)
    sys.stdin.readline()
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.stdin.readline()
server.stop()
print("stopped", flush=True)
"""


class Owner:
    """Another process that uses the server; it stops when told to, or is killed."""

    def __init__(self, home: Path, python: tuple[str, ...] = (sys.executable,), **environment: str) -> None:
        self.process = subprocess.Popen(
            [*python, "-c", OWNER, str(home)],
            cwd="/",
            env=os.environ | {"PYTHONPATH": os.pathsep.join(MODULES)} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def line(self) -> str:
        assert self.process.stdout
        readable, _, _ = select.select([self.process.stdout], [], [], 15)
        assert readable, "the other process says nothing"
        said = self.process.stdout.readline().strip()
        assert said, self.process.stderr and self.process.stderr.read()
        return said

    def dsn(self) -> str:
        return str(json.loads(self.line())["dsn"])

    def press_enter(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def stop(self) -> None:
        self.press_enter()
        assert self.line() == "stopped"
        self.end()

    def kill(self) -> None:
        self.process.kill()
        self.end()

    def end(self) -> None:
        self.process.communicate(timeout=15)


MakeOwner = Callable[..., Owner]


@pytest.fixture
def owners() -> Iterator[MakeOwner]:
    made: list[Owner] = []

    def make(home: Path, python: tuple[str, ...] = (sys.executable,), **environment: str) -> Owner:
        made.append(Owner(home, python, **environment))
        return made[-1]

    yield make
    for owner in made:
        owner.process.kill()
        owner.end()


def processes(home: Path) -> dict[int, list[bytes]]:
    """Return the living processes of this home's server and watchdog: each shows the server's unique name."""
    name = os.fsencode(EmbeddedPostgres(home.resolve()).name)
    found = {}
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            command = entry.read_bytes()
            if name in command:
                found[int(entry.parent.name)] = command.split(b"\0")
    return found


def watchdogs(home: Path) -> list[int]:
    return [pid for pid, words in processes(home).items() if b"-I" in words]


def postmaster(home: Path) -> int:
    pid = int((home / "postgres/data/postmaster.pid").read_text().split("\n")[0])
    assert pid in processes(home)
    return pid


def kill(*pids: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def wait_until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def gone(home: Path) -> bool:
    return not processes(home)


@contextlib.contextmanager
def nothing_left(home: Path) -> Iterator[Path]:
    """End what a failed test leaves behind; whatever a passing test leaves behind makes it fail."""
    try:
        yield home
        wait_until(lambda: gone(home))
    finally:
        kill(*processes(home))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a stopped server's folder with a table in it, to copy: initdb takes half a second."""
    with nothing_left(tmp_path_factory.mktemp("template") / "home") as home:
        with EmbeddedPostgres.start(home) as server:
            ask(server, "CREATE TABLE note (body text PRIMARY KEY, price numeric CHECK (price < 100))")
        return home


def copy_of(template: Path, home: Path) -> Path:
    (home / "postgres").mkdir(parents=True, mode=0o700)
    shutil.copytree(template / "postgres/data", home / "postgres/data")
    return home


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Path]:
    with nothing_left(tmp_path / "fresh") as home:
        yield home


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Iterator[Path]:
    with nothing_left(copy_of(template, tmp_path / "home")) as home:
        yield home


@pytest.fixture
def short() -> Iterator[Path]:
    """Return a folder with a short path."""
    folder = Path(tempfile.mkdtemp(prefix="jembatan-test-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def ask(server: EmbeddedPostgres | str, statement: str) -> list[asyncpg.Record]:
    dsn = server if isinstance(server, str) else server.dsn(user="postgres", database="postgres")

    async def fetch() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(dsn, timeout=5)
        try:
            return list(await connection.fetch(statement))
        finally:
            await connection.close()

    return asyncio.run(fetch())


def write(server: EmbeddedPostgres | str, body: str) -> None:
    ask(server, f"INSERT INTO note (body) VALUES ('{body}')")


def notes(server: EmbeddedPostgres | str) -> set[str]:
    return {row["body"] for row in ask(server, "SELECT body FROM note")}


# The plain way


def test_a_new_home_gets_a_durable_private_server(fresh: Path) -> None:
    with EmbeddedPostgres.start(fresh) as server:
        shown = "SELECT name, setting FROM pg_settings"
        settings = {row["name"]: row["setting"] for row in ask(server, shown)}
        expected = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum": "on"}
        expected |= {
            "data_checksums": "on",
            "listen_addresses": "",
            "TimeZone": "UTC",
            "max_connections": "200",
        }
        expected |= {"server_encoding": "UTF8", "log_statement": "none", "log_min_error_statement": "panic"}
        expected |= {"log_parameter_max_length_on_error": "0", "data_directory": str(server.data_directory)}
        assert {name: settings[name] for name in expected} == expected
        (database,) = ask(server, "SELECT datlocprovider, datlocale, current_user FROM pg_database LIMIT 1")
        assert tuple(database) == (b"b", "C.UTF-8", "postgres")
        for folder in (server.data_directory, server.socket_directory, fresh / "postgres"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        rules = (server.data_directory / "pg_hba.conf").read_text().splitlines()
        assert {line.split()[0] for line in rules if line.endswith("trust")} == {"local"}
        assert server.log_path.is_file()
    wait_until(lambda: gone(fresh), 1)


@pytest.mark.parametrize("written", [None, "pg_catalog.pg_catalog.simple"])
def test_a_query_may_run_in_parallel(home: Path, written: str | None) -> None:
    """A parallel worker reads every setting anew; a home of an earlier release has a name in its file that cannot be read."""
    if written:
        with (home / "postgres" / "data" / "postgresql.conf").open("a") as file:
            file.write(f"default_text_search_config = '{written}'\n")
    with EmbeddedPostgres.start(home) as server:
        asked = (
            "SET debug_parallel_query = on; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; "
            "SET min_parallel_table_scan_size = 0"
        )
        plan = asyncio.run(explained(server.dsn(user="postgres", database="postgres"), asked))
        assert "Workers Launched: 0" not in plan
        assert "Workers Launched" in plan


async def explained(dsn: str, first: str) -> str:
    """How a query that reads a whole table was carried out."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(first)
        rows = await connection.fetch("EXPLAIN (ANALYZE, COSTS OFF) SELECT count(price) FROM note")
        return "\n".join(row[0] for row in rows)
    finally:
        await connection.close()


def test_the_dsn_serves_sqlalchemy_too(home: Path) -> None:
    async def count(dsn: str) -> int:
        engine = create_async_engine(make_url(dsn).set(drivername="postgresql+asyncpg"))
        try:
            async with engine.connect() as connection:
                return int((await connection.execute(text("SELECT count(*) FROM note"))).scalar_one())
        finally:
            await engine.dispose()

    with EmbeddedPostgres.start(home) as server:
        ask(server, 'CREATE ROLE "a:b@c/d" LOGIN SUPERUSER')
        ask(server, 'CREATE DATABASE "e f?g"')
        assert asyncio.run(count(server.dsn(user="a:b@c/d", database="postgres"))) == 0
        assert ask(server.dsn(user="a:b@c/d", database="e f?g"), "SELECT 1")


def test_an_existing_server_starts_quickly(home: Path) -> None:
    EmbeddedPostgres.start(home).stop()
    begun = time.monotonic()
    with EmbeddedPostgres.start(home):
        assert time.monotonic() - begun < 1.5  # 0.15 s on an idle machine


def test_folder_and_environment_do_not_matter(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owners: MakeOwner
) -> None:
    monkeypatch.chdir(tmp_path)
    misleading = {"PGPORT": "1", "PGHOST": "nowhere.invalid", "PGDATA": "/nowhere", "PGOPTIONS": "-c x=y"}
    owner = owners(home, **misleading, JEMBATAN_SECRET="hush")
    write(owner.dsn(), "here")
    for pid in processes(home):
        assert b"hush" not in Path(f"/proc/{pid}/environ").read_bytes()
    with EmbeddedPostgres.start(Path(home.name)) as server:
        monkeypatch.chdir("/")
        assert notes(server) == {"here"}
        owner.stop()


# Several users


def test_two_that_start_at_once_share_one_server(fresh: Path, owners: MakeOwner) -> None:
    three = [owners(fresh) for _ in range(3)]
    pids = {ask(owner.dsn(), "SELECT pg_postmaster_start_time()")[0][0] for owner in three}
    assert len(pids) == 1
    assert len(watchdogs(fresh)) == 1
    for owner in three:
        assert not gone(fresh)
        owner.stop()
    wait_until(lambda: gone(fresh), 1)


def test_the_last_user_stops_the_server(home: Path, owners: MakeOwner) -> None:
    first = EmbeddedPostgres.start(home)
    second = owners(home)
    dsn = second.dsn()
    first.stop()
    first.stop()
    write(dsn, "still here")
    third = EmbeddedPostgres.start(home)
    second.stop()
    assert notes(third) == {"still here"}
    third.stop()
    wait_until(lambda: gone(home), 1)
    assert "database system is shut down" in third.log_path.read_text()


def test_a_forked_child_does_not_stop_its_parents_server(home: Path) -> None:
    with EmbeddedPostgres.start(home) as server:
        child = os.fork()
        if child == 0:
            server.stop()
            os._exit(0)
        os.waitpid(child, 0)
        write(server, "here")


# Kills


def test_a_killed_owner_orphans_nothing(home: Path, owners: MakeOwner) -> None:
    owner = owners(home)
    write(owner.dsn(), "committed")
    owner.kill()
    wait_until(lambda: gone(home))
    with EmbeddedPostgres.start(home) as server:
        assert notes(server) == {"committed"}


@pytest.mark.parametrize("share_of_start", [0.2, 0.5, 0.8])
def test_an_owner_killed_while_it_starts_orphans_nothing(home: Path, owners: MakeOwner, share_of_start: float) -> None:
    owner = owners(home)
    wait_until((home / "postgres/run/start.lock").exists)
    time.sleep(share_of_start * 0.15)
    owner.kill()
    wait_until(lambda: gone(home), 10)
    with EmbeddedPostgres.start(home) as server:
        write(server, "here")


def test_an_owner_killed_before_its_server_can_be_told_to_stop(home: Path, owners: MakeOwner) -> None:
    owner = owners(home)
    lock = home / "postgres/run/server.lock"
    wait_until(lock.exists)
    with lock.open() as server_lock:

        def held() -> bool:
            try:
                fcntl.flock(server_lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            fcntl.flock(server_lock, fcntl.LOCK_UN)
            return False

        wait_until(held)
    kill(owner.process.pid)
    wait_until(lambda: gone(home))  # pg_ctl counts as well: its arguments have the name


def test_an_owner_killed_during_initdb_leaves_nothing_half_done(fresh: Path, owners: MakeOwner) -> None:
    owner = owners(fresh)
    wait_until((fresh / "postgres/data.partial/global").exists)
    owner.kill()
    with EmbeddedPostgres.start(fresh) as server:
        assert ask(server, "SELECT 1")
    assert not (fresh / "postgres/data.partial").exists()


def test_a_half_finished_initdb_is_cleared_away(fresh: Path) -> None:
    (fresh / "postgres").mkdir(parents=True, mode=0o700)
    (fresh / "postgres/data.partial/base").mkdir(parents=True)
    (fresh / "postgres/data.partial/PG_VERSION").write_text("18\n")
    with EmbeddedPostgres.start(fresh) as server:
        assert ask(server, "SELECT 1")
    assert not (fresh / "postgres/data.partial").exists()


def test_a_server_without_watchdog_is_joined_and_guarded_again(home: Path, owners: MakeOwner) -> None:
    owner = owners(home)
    write(owner.dsn(), "committed")
    (watchdog,) = watchdogs(home)
    running = postmaster(home)
    kill(watchdog)
    owner.kill()
    time.sleep(0.2)
    assert running in processes(home), "nobody was left to stop it"
    second = owners(home)
    assert notes(second.dsn()) == {"committed"}
    assert postmaster(home) == running
    second.kill()
    wait_until(lambda: gone(home))


def test_a_killed_watchdog_does_not_hinder_the_last_stop(home: Path) -> None:
    with EmbeddedPostgres.start(home):
        kill(*watchdogs(home))
    wait_until(lambda: gone(home), 1)


def test_a_killed_postmaster_is_replaced_at_the_next_start(home: Path, owners: MakeOwner) -> None:
    with EmbeddedPostgres.start(home) as server:
        write(server, "committed")
        killed = postmaster(home)
        kill(killed)
        second = owners(home)
        dsn = second.dsn()
        assert notes(dsn) == {"committed"}
        assert postmaster(home) != killed
        assert notes(server) == {"committed"}
        second.stop()
        assert notes(server) == {"committed"}


def test_everything_killed_at_once_recovers(home: Path, owners: MakeOwner) -> None:
    owner = owners(home)
    write(owner.dsn(), "committed")
    kill(owner.process.pid, *processes(home))
    owner.end()
    with EmbeddedPostgres.start(home) as server:
        assert notes(server) == {"committed"}
        assert "automatic recovery in progress" in server.log_path.read_text()


def test_a_stop_that_hangs_ends_all_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_watchdog, "FAST_SHUTDOWN_SECONDS", 0.3)
    with EmbeddedPostgres.start(home) as server:
        write(server, "committed")
        (checkpointer,) = (pid for pid, words in processes(home).items() if words[0].endswith(b"checkpointer "))
        os.kill(checkpointer, signal.SIGSTOP)  # a fast shutdown waits for its checkpoint
        later = threading.Timer(1.0, os.kill, (checkpointer, signal.SIGCONT))
        later.start()
    later.join()
    assert "received immediate shutdown request" in server.log_path.read_text()
    wait_until(lambda: gone(home), 1)
    with EmbeddedPostgres.start(home) as server:
        assert notes(server) == {"committed"}


def test_a_recycled_process_id_is_left_alone(home: Path) -> None:
    with subprocess.Popen(["/bin/sleep", "30"]) as stranger:
        try:
            run = home / "postgres/run"
            run.mkdir(mode=0o700)
            data = home / "postgres/data"
            stale = f"{stranger.pid}\n{data}\n1700000000\n5432\n{run}\n\n  1 2\nready   \n"
            (data / "postmaster.pid").write_text(stale)
            (run / ".s.PGSQL.5432.lock").write_text(stale)
            with EmbeddedPostgres.start(home) as server:
                write(server, "here")
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_ctrl_c_reaches_us_but_not_the_server(home: Path, owners: MakeOwner) -> None:
    owner = owners(home)
    dsn = owner.dsn()
    os.killpg(owner.process.pid, signal.SIGINT)
    assert owner.line() == "interrupted"
    write(dsn, "the server still works while we wind up")
    assert len(watchdogs(home)) == 1
    owner.stop()


def test_server_and_watchdog_hold_nothing_of_ours(home: Path, owners: MakeOwner) -> None:
    def open_files(pid: int) -> set[str]:
        return {str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()}

    owner = owners(home)
    owner.dsn()
    run = home / "postgres/run"
    ours = open_files(owner.process.pid)
    assert str(run / "users.lock") in ours
    pipes = {name for name in ours if name.startswith("pipe:")}
    assert pipes
    server, (watchdog,) = open_files(postmaster(home)), watchdogs(home)
    assert not pipes & (server | open_files(watchdog)), "a pipeline would wait for them"
    assert {name for name in server if name.endswith(".lock")} == {str(run / "server.lock")}
    owner.stop()


# Secrecy


def test_no_price_reaches_the_log(home: Path) -> None:
    price = "31415926.53"

    async def provoke(dsn: str) -> None:
        connection = await asyncpg.connect(dsn, timeout=5)
        insert = "INSERT INTO note (body, price) VALUES ('{0}', {0})"
        for statement in (
            insert.format(price),
            f"SELECT {price} / 0",
            f"SELECT 'x{price}'::numeric",
            f"{price}",
        ):
            with pytest.raises(asyncpg.PostgresError):
                await connection.execute(statement)
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute("SELECT $1::text::int", price)
        pid = connection.get_server_pid()
        asleep = asyncio.ensure_future(connection.execute(f"SELECT {price}, pg_sleep(30)"))
        await asyncio.sleep(0.1)
        kill(pid)
        with pytest.raises((OSError, asyncpg.PostgresError, asyncpg.InterfaceError)):
            await asleep
        connection.terminate()

    with EmbeddedPostgres.start(home) as server:
        asyncio.run(provoke(server.dsn(user="postgres", database="postgres")))
        wait_until(lambda: server.log_path.read_text().count("ready to accept connections") == 2)
    log = server.log_path.read_text()
    assert "was terminated by signal 9" in log
    assert price not in log


# Folders


def test_a_long_home_gets_a_short_private_socket_folder(template: Path, tmp_path: Path, owners: MakeOwner) -> None:
    with nothing_left(copy_of(template, tmp_path / ("n" * 120) / "home")) as home:
        with EmbeddedPostgres.start(home) as server:
            write(server, "here")
            sockets = server.socket_directory
            assert not sockets.is_relative_to(home)
            assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
            elsewhere = owners(home, TMPDIR=str(tmp_path))
            assert notes(elsewhere.dsn()) == {"here"}
            elsewhere.stop()
        assert not sockets.exists()
        sockets.mkdir()
        sockets.chmod(0o755)
        try:
            assert "nobody else can enter" in refusal(home)
        finally:
            sockets.rmdir()


@pytest.mark.parametrize("name", ["a,b", "\"c\" 'd' $(e) `f` %g? é"])
def test_an_odd_home_works(template: Path, short: Path, name: str) -> None:
    with nothing_left(copy_of(template, short / name)) as home, EmbeddedPostgres.start(home) as server:
        write(server, "here")
        assert ask(server, "SHOW data_directory")[0][0] == str(home / "postgres/data")


def refusal(home: Path) -> str:
    with pytest.raises(EmbeddedPostgresError) as caught:
        EmbeddedPostgres.start(home)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_home_that_cannot_be_used_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert "File exists" in refusal(file)
    assert "Not a directory" in refusal(file / "below")
    (tmp_path / "home").mkdir()
    (tmp_path / "home/postgres").touch()
    assert "File exists" in refusal(tmp_path / "home")


def test_other_data_is_refused_and_left_alone(home: Path) -> None:
    version = home / "postgres/data/PG_VERSION"
    version.write_text("17\n")
    message = refusal(home)
    assert "made by PostgreSQL 17" in message
    assert "pg_dump" in message
    version.unlink()
    assert "is not a PostgreSQL data directory" in refusal(home)
    assert (home / "postgres/data/global").is_dir()


def test_the_log_says_why_the_server_does_not_start(home: Path) -> None:
    (home / "postgres/data/postgresql.conf").write_text("max_connections = many\n")
    message = refusal(home)
    assert 'invalid value for parameter "max_connections": "many"' in message
    assert str(home / "postgres/log") in message


def test_data_in_use_by_a_process_we_cannot_see_is_not_touched(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_postgres, "START_SECONDS", 1)
    run = home / "postgres/run"
    run.mkdir(mode=0o700)
    with (run / "server.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "another container" in refusal(home)
    monkeypatch.undo()
    EmbeddedPostgres.start(home).stop()


def test_a_server_started_by_hand_is_neither_used_nor_stopped(home: Path) -> None:
    prefix = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}") if os.geteuid() == 0 else ()
    control = [*prefix, str(binaries_directory() / "pg_ctl"), "-D", str(home / "postgres/data")]
    options = f"-c listen_addresses= -c unix_socket_directories={home}"
    log = str(home / "by-hand.log")
    subprocess.run([*control, "start", "-w", "-l", log, "-o", options], check=True, stdout=subprocess.DEVNULL)
    try:
        assert "did not start" in refusal(home)
    finally:
        subprocess.run([*control, "stop", "-w", "-m", "fast"], check=True, stdout=subprocess.DEVNULL)


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(small)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("may not mount a small disk here")
    try:
        assert "No space left on device" in refusal(small / "home")
        assert not (small / "home/postgres/data").exists()
    finally:
        subprocess.run(["umount", str(small)], check=True)


# Accounts


@pytest.fixture
def public(template: Path, short: Path) -> Iterator[Path]:
    """Return a home that every account reaches, unlike those in pytest's own folders."""
    short.chmod(0o755)
    with nothing_left(copy_of(template, short / "home")) as home:
        yield home


BECOME_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--")


def need_within_reach(*paths: str | Path) -> None:
    """Skip where another account cannot enter the folders of this checkout, as below root's home or `mktemp -d`."""
    for path in paths:
        # Through a shell: setpriv itself still sees root's folders.
        reached = subprocess.run([*BECOME_NOBODY, "sh", "-c", f"test -r '{path}'"], check=False, capture_output=True)
        if reached.returncode:
            pytest.skip("this checkout lies in a folder that no other account may enter")


def only(tmp_path: Path, *programs: str) -> str:
    """Return a PATH with these programs alone."""
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    for program in programs:
        (folder / program).symlink_to(shutil.which(program) or "/nowhere")
    return str(folder)


@as_root
def test_without_user_namespaces_another_account_is_used(public: Path, tmp_path: Path, owners: MakeOwner) -> None:
    need_within_reach(binaries_directory())
    owner = owners(public, PATH=only(tmp_path, "setpriv"))
    write(owner.dsn(), "here")
    assert Path(f"/proc/{postmaster(public)}").stat().st_uid == (public / "postgres/data/base").stat().st_uid == NOBODY
    assert public.stat().st_uid == 0, "only our own folder changes its owner"
    owner.kill()
    wait_until(lambda: gone(public))
    with EmbeddedPostgres.start(public) as server:  # user namespaces again: the files keep their owner
        assert notes(server) == {"here"}
        assert Path(f"/proc/{postmaster(public)}").stat().st_uid == NOBODY


@as_root
def test_no_account_to_use_is_one_line(home: Path, tmp_path: Path, owners: MakeOwner) -> None:
    for programs, expected in (((), "unshare is not there"), (("setpriv",), "must let uid 65534 pass")):
        owner = owners(home, PATH=only(tmp_path, *programs))
        _, errors = owner.process.communicate(timeout=15)
        assert expected in errors.splitlines()[-1]
        assert errors.splitlines()[-1].startswith("api.embedded_account.EmbeddedPostgresError: ")


def python_of_nobody() -> tuple[str, ...]:
    """Return how to run Python as an ordinary user; the one that runs us may be out of its reach."""
    version = f"python3.{sys.version_info.minor}"
    for python in (os.path.realpath(sys.executable), f"/usr/local/bin/{version}", f"/usr/bin/{version}"):
        reachable = subprocess.run([*BECOME_NOBODY, "sh", "-c", f"test -x {python}"], check=False, capture_output=True)
        if reachable.returncode == 0:
            return (*BECOME_NOBODY, python)
    pytest.skip("no Python within reach of an ordinary user")


@as_root
def test_an_ordinary_user_runs_it_directly_and_root_joins(public: Path, owners: MakeOwner) -> None:
    python = python_of_nobody()
    need_within_reach(*MODULES)
    shutil.rmtree(public / "postgres")
    os.chown(public, NOBODY, NOBODY)
    first = owners(public, python)
    first.dsn()
    with EmbeddedPostgres.start(public) as server:
        first.stop()
        assert ask(server, "SELECT 1")
        assert Path(f"/proc/{postmaster(public)}").stat().st_uid == NOBODY
    assert {path.stat().st_uid for path in (public / "postgres").rglob("*")} == {NOBODY}
    again = owners(public, python)
    again.dsn()
    again.stop()
