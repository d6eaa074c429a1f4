"""The embedded PostgreSQL: one server per home folder, shared by every jembatan process that uses it.

Who is alive is never guessed from files; four locks in `run/` say it. A flock belongs to an open file: a
child that inherits the file keeps the lock, and the kernel drops it when the last holder dies, however.

- `start.lock`     exclusive while one process initialises, starts or stops. initdb inherits it: when a
                   starter is killed its initdb finishes before the next starter clears up.
- `users.lock`     shared by every user. Whoever gets it exclusively knows that nobody is left, and stops.
- `server.lock`    inherited by pg_ctl, the postmaster and its backends. Held means that something may still
                   write to the data: a backend whose postmaster was killed, a server in another container.
- `watchdog.lock`  inherited by the watchdog. Held means that one is waiting for `users.lock`.

All waits are bounded. Linux only: who a process is comes from /proc.
"""

import contextlib
import fcntl
import hashlib
import os
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from api import embedded_watchdog
from api.embedded_account import (
    ELSEWHERE,
    Account,
    Done,
    EmbeddedPostgresError,
    binaries_directory,
    check_private,
    choose_account,
    give,
    give_tree,
    one_line,
    run,
    telling_lines,
)
from api.embedded_watchdog import Postmaster, find_postmaster, stop_server, try_flock

START_SECONDS = 60
"""Longest wait for a server to answer; crash recovery may need it."""
INITDB_SECONDS = 120
LOCK_SECONDS = 90.0
"""Longest wait for another process that starts or stops the same server: longer than its own limits."""
LOG_BYTES = 10_000_000
"""The server log is put aside (`log.1`) at a start that finds it larger."""
SOCKET_PATH_BYTES = 107
"""Linux: `sun_path` has 108 bytes, the last one is NUL."""

PORT = 5432  # names the socket file only, nothing listens on a network
SUPERUSER = "postgres"

INITDB_OPTIONS = (
    f"--username={SUPERUSER}",
    # No password: the only way in is a socket in a 0700 folder, and who can enter that can read the data too.
    "--auth-local=trust",
    "--auth-host=reject",
    "--encoding=UTF8",
    # The wheel has no ICU and may meet a system without locales; builtin C.UTF-8 sorts the same everywhere.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--text-search-config=simple",
    "--data-checksums",
    "--no-instructions",
    # Into postgresql.conf, where an operator may change them.
    "--set=max_connections=200",
    "--set=shared_buffers=128MB",
)

# Our promises rest on these: given on the command line, where no file and no ALTER SYSTEM overrides them.
SERVER_SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "restart_after_crash": "on",
    "recovery_init_sync_method": "syncfs",
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    # initdb writes `pg_catalog.` before whatever it is given. A name qualified twice goes unnoticed until a query is planned
    # in parallel, whose workers parse it again and fail; clusters made by earlier releases have such a name in their file.
    "default_text_search_config": "pg_catalog.simple",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_destination": "stderr",
    # No price may reach the log. Besides statements and parameters that concerns the text of errors ("invalid
    # input syntax: …"), which the application gets anyway: `log` ranks above `error` here. And `terse` drops
    # DETAIL: the row that fails a CHECK, and the statement that ran in a backend that crashed.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "debug_print_parse": "off",
    "debug_print_rewritten": "off",
    "debug_print_plan": "off",
}


class EmbeddedPostgres:
    """One process's use of the server; make it with `start`, end it with `stop` or a `with` block."""

    def __init__(self, home: Path) -> None:
        """Only note the places; `start` does the work."""
        self.home = home
        self.folder = home / "postgres"
        self.data_directory = self.folder / "data"
        self.log_path = self.folder / "log"
        self.run_directory = self.folder / "run"
        digest = hashlib.sha256(os.fsencode(self.data_directory)).hexdigest()
        self.name = f"jembatan-{digest[:16]}"
        self.socket_directory = _socket_directory(self.run_directory, self.name)
        self._users: _LockFile | None = None
        self._pid = os.getpid()

    @classmethod
    def start(cls, home: Path) -> Self:
        """Use the server of `home`: initialise it if new, start it or join the running one, and hold it."""
        with _one_line_errors(home):
            server = cls(home.expanduser().resolve())
            server._start()
            return server

    def stop(self) -> None:
        """Stop using the server; the last user shuts it down. Nothing if done before or in a forked child."""
        if self._users is None or self._pid != os.getpid():
            return
        users, self._users = self._users, None
        with _one_line_errors(self.home), users, self._lock_file("start.lock") as starting:
            starting.wait(fcntl.LOCK_EX, f"another process starts or stops the database in {self.home}")
            if users.attempt(fcntl.LOCK_EX):
                self._stop_server()
                users.close()
                # The watchdog ends by itself; waiting for it only makes stop() leave no process behind.
                with self._lock_file("watchdog.lock") as gone, contextlib.suppress(EmbeddedPostgresError):
                    gone.wait(fcntl.LOCK_EX, "the watchdog does not end", seconds=2)
            elif not users.attempt(fcntl.LOCK_SH):
                # Not another user, then, but the watchdog, a moment faster than we were.
                users.wait(fcntl.LOCK_SH, f"the database in {self.home} is still stopping")

    def dsn(self, *, user: str, database: str) -> str:
        """Return a DSN over the Unix socket (`host=` parameter), for asyncpg, libpq and SQLAlchemy."""
        host = quote(str(self.socket_directory))
        return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?host={host}&port={PORT}"

    def __enter__(self) -> Self:
        """Hand over the started server."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop using it."""
        self.stop()

    def _start(self) -> None:
        if not Path("/proc/self/cmdline").exists():
            message = "the embedded database needs Linux with /proc: set DATABASE_URL"
            raise EmbeddedPostgresError(message)
        self.home.mkdir(parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._account, major = choose_account(self.folder)
        self._make_private(self.folder)
        self._make_private(self.run_directory)
        with self._lock_file("start.lock") as starting:
            starting.wait(fcntl.LOCK_EX, f"another process starts or stops the database in {self.home}")
            users = self._lock_file("users.lock")
            try:
                users.wait(fcntl.LOCK_SH, f"the database in {self.home} is still stopping")
                give_tree(self.folder, self.data_directory, self._account)
                self._initialise(major, starting.descriptor)
                self._start_watchdog()  # before the server: at no moment can a kill orphan it
                self._start_server()
            except BaseException:  # Ctrl-C too: the watchdog then stops what may have begun
                users.close()
                raise
            self._users = users

    def _initialise(self, major: str, start_lock: int) -> None:
        partial = self.folder / "data.partial"
        if partial.exists():
            shutil.rmtree(partial)
        data = self.data_directory
        try:
            found = (data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            found = ""
        if found and found != major:
            message = (
                f"{data} was made by PostgreSQL {found} and this jembatan brings {major}: dump it with the "
                f"jembatan that made it (pg_dump) and load it here, or move {data} away to begin empty"
            )
            raise EmbeddedPostgresError(message)
        if found:
            return
        if data.exists() and any(data.iterdir()):
            message = f"{data} is not a PostgreSQL data directory: move it away, or {ELSEWHERE}"
            raise EmbeddedPostgresError(message)
        # Complete or absent: initdb syncs what it made, then the rename makes it the data directory.
        done = self._binary("initdb", "--pgdata=data.partial", *INITDB_OPTIONS, keep=start_lock)
        if done.returncode != 0:
            message = f"initdb failed in {self.folder}: {telling_lines(done.stdout + done.stderr)}"
            raise EmbeddedPostgresError(message)
        partial.rename(data)
        directory = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)

    def _start_watchdog(self) -> None:
        with self._lock_file("watchdog.lock") as lock:
            if not lock.attempt(fcntl.LOCK_EX):
                return  # there is one, and as we hold users.lock it is still waiting
            script = [sys.executable, "-I", "-S", embedded_watchdog.__file__]
            arguments = [str(self.data_directory), str(self.run_directory), self.name, str(lock.descriptor)]
            done = run([*script, *arguments], cwd=Path("/"), keep=lock.descriptor, seconds=START_SECONDS)
            if done.returncode != 0:
                message = f"the watchdog of the database does not start: {telling_lines(done.stderr)}"
                raise EmbeddedPostgresError(message)

    def _start_server(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            server = find_postmaster(self.data_directory, self.name)
            if server is None:
                with self._lock_file("server.lock") as lock:
                    if lock.attempt(fcntl.LOCK_EX):
                        self._launch(lock.descriptor)
                        return
            elif not server.ours:
                message = (
                    f"a PostgreSQL server (process {server.pid}) that jembatan did not start runs in "
                    f"{self.data_directory}: stop it with pg_ctl stop"
                )
                raise EmbeddedPostgresError(message)
            elif server.ready and self._answers(server):
                self.socket_directory = server.socket_directory
                return
            if time.monotonic() > deadline:
                holder = f"process {server.pid}" if server else "a process (perhaps in another container)"
                message = (
                    f"{holder} uses {self.data_directory} but does not answer after {START_SECONDS} s: "
                    f"end it, or {ELSEWHERE}"
                )
                raise EmbeddedPostgresError(message)
            time.sleep(0.02)

    def _launch(self, server_lock: int) -> None:
        self._make_private(self.socket_directory)
        # We hold server.lock, so no process of an earlier server lives. What is left of it names a process
        # that may be somebody else by now, and PostgreSQL would refuse to start because of that.
        socket = self.socket_directory / f".s.PGSQL.{PORT}"
        for leftover in (self.data_directory / "postmaster.pid", socket, Path(f"{socket}.lock")):
            leftover.unlink(missing_ok=True)
        log_size = self.log_path.stat().st_size if self.log_path.exists() else 0
        if log_size > LOG_BYTES:
            self.log_path.replace(self.folder / "log.1")
            log_size = 0
        sockets = str(self.socket_directory).replace('"', '""')
        settings = SERVER_SETTINGS | {"cluster_name": self.name, "unix_socket_directories": f'"{sockets}"'}
        options = shlex.join(word for key, value in settings.items() for word in ("-c", f"{key}={value}"))
        # pg_ctl puts the server into a session of its own, so Ctrl-C in a terminal does not reach it.
        # Relative paths, because pg_ctl hands them to a shell within bare double quotes.
        arguments = (
            "--wait",
            f"--timeout={START_SECONDS}",
            "--pgdata=data",
            "--log=log",
            f"--options={options}",
        )
        done = self._binary("pg_ctl", "start", *arguments, keep=server_lock)
        if done.returncode != 0:
            said = one_line(_read_from(self.log_path, log_size)) or telling_lines(done.stderr)
            message = f"PostgreSQL does not start in {self.data_directory}: {said} (see {self.log_path})"
            raise EmbeddedPostgresError(message)

    def _answers(self, server: Postmaster) -> bool:
        check_private(server.socket_directory, self._account)
        where = [f"--host={server.socket_directory}", f"--port={PORT}"]
        who = [f"--username={SUPERUSER}", "--dbname=postgres"]  # or the log fills with refusals
        return self._binary("pg_isready", *where, *who, "--timeout=3").returncode == 0

    def _stop_server(self) -> None:
        if not stop_server(self.data_directory, self.run_directory, self.name):
            message = f"PostgreSQL does not stop in {self.data_directory}: see {self.log_path}, end its processes"
            raise EmbeddedPostgresError(message)
        if self.socket_directory != self.run_directory:
            with contextlib.suppress(OSError):
                self.socket_directory.rmdir()

    def _lock_file(self, name: str) -> "_LockFile":
        return _LockFile(self.run_directory / name, self._account)

    def _make_private(self, directory: Path) -> None:
        directory.mkdir(mode=0o700, exist_ok=True)
        give(directory, self._account)
        check_private(directory, self._account)

    def _binary(self, program: str, *arguments: str, keep: int | None = None) -> Done:
        command = [*self._account.prefix, str(binaries_directory() / program), *arguments]
        return run(command, cwd=self.folder, keep=keep, seconds=INITDB_SECONDS)


class _LockFile:
    """An open lock file. Close-on-exec: only a child that gets the descriptor on purpose keeps the lock."""

    def __init__(self, path: Path, account: "Account") -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        give(path, account)

    def attempt(self, operation: int) -> bool:
        return try_flock(self.descriptor, operation)

    def wait(self, operation: int, complaint: str, seconds: float = LOCK_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while not self.attempt(operation):
            if time.monotonic() > deadline:
                message = f"{complaint}: gave up after {seconds:.0f} s, try again"
                raise EmbeddedPostgresError(message)
            time.sleep(0.01)

    def close(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _socket_directory(run: Path, name: str) -> Path:
    """Return `run`, or a short folder that every process derives from the data directory's path."""
    for directory in (run, Path(tempfile.gettempdir()) / name):
        socket = os.fsencode(directory / f".s.PGSQL.{PORT}")
        if len(socket) <= SOCKET_PATH_BYTES and b"," not in socket:  # a comma separates hosts in a DSN
            return directory
    return Path("/tmp") / name  # noqa: S108 - _make_private refuses it unless it is ours and private


def _read_from(path: Path, offset: int) -> str:
    """Return what was added to a log."""
    with contextlib.suppress(FileNotFoundError), path.open("rb") as log:
        log.seek(offset)
        return log.read(100_000).decode(errors="replace")
    return ""


@contextlib.contextmanager
def _one_line_errors(home: Path) -> Iterator[None]:
    """Turn what the system refuses into one line that says what to do."""
    try:
        yield
    except OSError as error:
        reason = f"cannot use {error.filename or home}: {error.strerror or error}"
        message = f"the embedded database {reason}; {ELSEWHERE}"
        raise EmbeddedPostgresError(message) from error
