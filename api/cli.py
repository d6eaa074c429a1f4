"""`jembatan`: serve, work, migrate, init, openapi, demo, verify-opening. `keys_cli.py` and `upkeep_cli.py` have the rest."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, NoReturn
from urllib.parse import unquote, urlsplit

import rich_click as click
from msgspec.structs import replace

from api import logs, runtime
from api.blobs import BlobsError, open_blobs
from api.embedded_account import EmbeddedPostgresError
from api.embedded_postgres import EmbeddedPostgres
from api.schema import MigrationError
from api.settings import Settings, SettingsError
from domain.errors import Refusal
from domain.sealing import KeysMissing

GRACE_SECONDS = 30
CONNECTIONS = 4096
"""Of clients to one server process, at most. An idle one costs a few kilobytes."""
EXPECTED_ERRORS = (
    SettingsError,
    BlobsError,
    EmbeddedPostgresError,
    MigrationError,
    KeysMissing,
    runtime.StartError,
    Refusal,
)
"""What a user can mend: said in one line. Anything else is ours, and shows its traceback."""


class Opened(NamedTuple):
    """Where the database is. `owner` is None when only the application's login is known."""

    app: str
    owner: str | None
    embedded: bool


def fail(error: BaseException | str) -> NoReturn:
    """One line on standard error, exit code 1."""
    text = str(error) or type(error).__name__
    click.echo(f"jembatan: {' '.join(text.split())}", err=True)
    raise SystemExit(1)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what a user can mend into one line."""
    try:
        yield
    except EXPECTED_ERRORS as error:
        fail(error)


def read_settings() -> Settings:
    """The settings of this process."""
    return Settings.read(os.environ)


@contextmanager
def opened(settings: Settings, *, migrated: bool = True) -> Iterator[Opened]:
    """The database of `settings`, ready: the embedded one is started (or joined), prepared and migrated."""
    runtime.check_folders(settings)
    open_blobs(settings.storage_url)
    if settings.database_url is not None:
        runtime.keys_for(settings, embedded=False)
        if migrated:
            asyncio.run(runtime.check_database(settings.database_url))
        yield Opened(settings.database_url, settings.migration_url, embedded=False)
        return
    from api.migrate import migrate

    with EmbeddedPostgres.start(settings.home) as server:
        owner = server.dsn(user="postgres", database=runtime.DATABASE)
        asyncio.run(runtime.prepare_embedded(server.dsn(user="postgres", database="postgres"), owner))
        asyncio.run(migrate(owner, grant_to=runtime.APP_LOGIN))
        runtime.keys_for(settings, embedded=True)
        yield Opened(server.dsn(user=runtime.APP_LOGIN, database=runtime.DATABASE), owner, embedded=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option("0.1.0", prog_name="jembatan")
def cli() -> None:
    """Jembatan: RFQ marketplace between manufacturers and metal workshops.

    Without DATABASE_URL everything runs on an embedded PostgreSQL under JEMBATAN_HOME.
    """


@cli.command()
@click.option("--host", help="Address to listen on (JEMBATAN_HOST, 127.0.0.1).")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 chooses a free one (JEMBATAN_PORT, 8080)."
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Server processes.")
@click.option(
    "--all-in-one/--api-only",
    default=None,
    help="Run the clock and the outbox too. Default: on the embedded database yes, on DATABASE_URL no.",
)
def serve(host: str | None, port: int | None, workers: int, all_in_one: bool | None) -> None:  # noqa: FBT001
    """Serve the API."""
    with plainly():
        settings = read_settings()
        logs.configure(settings.log_format)
        address = host or settings.host
        chosen = runtime.free_port(address, settings.port if port is None else port)
        with opened(settings) as database:
            together = database.embedded if all_in_one is None else all_in_one
            os.environ["DATABASE_URL"] = database.app
            os.environ["JEMBATAN_HOME"] = str(settings.home)
            with _shared_counts(), _worker() if together else contextlib.nullcontext():
                click.echo(f"Jembatan answers at http://{address}:{chosen} (API reference: /docs)", err=True)
                _granian(address, chosen, workers)


def _granian(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, Loops
    from granian.http import HTTP1Settings

    Granian(
        "api.asgi:create",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        # It counts connections, idle ones too, and takes no further one: with few, clients that keep theirs open would shut
        # others out without a word. How many requests are taken at once is decided in api/edge.py, which says 503.
        backpressure=CONNECTIONS,
        backlog=CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        log_enabled=False,
    ).serve()


@contextmanager
def _shared_counts() -> Iterator[None]:
    """A folder in which the server's processes add up what they count, so that `/metrics` shows all of it."""
    with tempfile.TemporaryDirectory(prefix="jembatan-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


@contextmanager
def _worker() -> Iterator[None]:
    """A `work` process of our own. It ends when its standard input does, so it cannot outlive us, however we end."""
    process = subprocess.Popen([sys.executable, "-m", "api", "work", "--with-parent"], stdin=subprocess.PIPE)
    try:
        yield
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@cli.command()
@click.option("--with-parent", is_flag=True, help="End when standard input ends (used by serve).")
def work(with_parent: bool) -> None:  # noqa: FBT001
    """Run the clock and the outbox. Several may run at once."""
    from api.work import work as run

    async def main(dsn: str) -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        if with_parent:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C reaches the whole group; the parent decides
            loop.add_reader(sys.stdin.fileno(), _on_input, stop)
        async with runtime.services(settings, dsn, application="jembatan work") as services:
            await run(services, stop)

    with plainly():
        settings = replace(read_settings(), opens=False)
        logs.configure(settings.log_format)
        with opened(settings) as database:
            asyncio.run(main(database.app))


def _on_input(stop: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        stop.set()
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())


@cli.command(name="migrate")
@click.option("--grant-to", metavar="ROLE", help="Login role of DATABASE_URL that gets the program's rights.")
def migrate_command(grant_to: str | None) -> None:
    """Bring the database to the schema of this program.

    Connects as the schema's owner: JEMBATAN_MIGRATION_URL, else DATABASE_URL. Several may start at once.
    """
    with plainly():
        settings = read_settings()
        url = settings.migration_url or settings.database_url
        if url is None:
            with opened(settings):
                revision = "head"
        else:
            login = grant_to or login_of(settings)
            revision = asyncio.run(_migrate(url, login))
        click.echo(f"the database is at revision {revision}")


async def _migrate(url: str, grant_to: str | None) -> str:
    from api.migrate import migrate

    connection = await runtime.connect(url)
    await connection.close()
    return await migrate(url, grant_to=grant_to, say=lambda text: click.echo(text, err=True))


def login_of(settings: Settings) -> str | None:
    """The login of DATABASE_URL, when the migration runs as somebody else."""
    if settings.migration_url is None or settings.database_url is None:
        return None
    name = urlsplit(settings.database_url).username
    return unquote(name) if name else None


@cli.command()
@click.option("--name", default="Operator", show_default=True, help="Name of the operating organisation.")
def init(name: str) -> None:
    """Create the operator and print its first key, once."""
    from domain.organisations.commands import initialise

    async def main(dsn: str) -> str:
        async with runtime.services(settings, dsn, application="jembatan init") as services:
            _, _, secret = await initialise(services.db, name)
            return secret

    with plainly():
        settings = read_settings()
        logs.configure(settings.log_format)
        with opened(settings) as database:
            secret = asyncio.run(main(database.app))
        click.echo(secret)
        click.echo("This is the operator's key. It is shown once; keep it where you keep passwords.", err=True)


@cli.command()
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of standard output."
)
def openapi(output: Path | None) -> None:
    """Print the OpenAPI document."""
    from api.generated import openapi_document

    content = openapi_document()
    if output is None:
        click.echo(content.decode(), nl=False)
    else:
        output.write_bytes(content)


@cli.command()
@click.option("--seed", type=int, default=7, show_default=True, help="Throws of the dice: prices, declines, rejects.")
@click.option("--fast", is_flag=True, help="Shorter time for quoting.")
@click.option("--keep", is_flag=True, help="Leave the server running and print its address.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port of the demonstration's server; 0: a free one."
)
def demo(seed: int, fast: bool, keep: bool, port: int) -> None:  # noqa: FBT001
    """Play the main job end to end over HTTP: drawings, sealed quotes, awards, deliveries, accepted pieces.

    On a database of its own, `demo` under JEMBATAN_HOME. It may be broken off and run again.
    """
    from rich.console import Console

    from api.demo.client import DemoError
    from api.demo.story import Server, Story

    console = Console()
    with plainly():
        settings = read_settings()
        home = settings.home / "demo"
        home.mkdir(parents=True, exist_ok=True)
        server = Server(home, runtime.free_port("127.0.0.1", port), home / "server.log")
        done = False
        try:
            asyncio.run(server.ready())
            secret = _operator_secret(home)
            story = Story(console, server.url, home, seed=seed, fast=fast)
            agree = asyncio.run(story.play(secret))
            done = True
        except* DemoError as errors:
            fail(errors.exceptions[0])
        finally:
            if not (keep and done):
                server.stop()
        if not agree:
            fail("realised import substitution differs from what the change feed says")
        console.print(f"\nKeys of all parties: {home / 'demo-keys.json'}; server log: {home / 'server.log'}")
        if keep:
            console.print(
                f"The server answers at {server.url} (API reference: {server.url}/docs); stop it with: kill {server.pid}"
            )
        else:
            console.print("Look further: `jembatan demo --keep` leaves the server running; its reference is at /docs.")


def _operator_secret(home: Path) -> str | None:
    """From `jembatan init` on the demonstration's database, the first time."""
    from api.settings import inherited

    if (home / "demo-keys.json").exists():
        return None
    made = subprocess.run(
        [sys.executable, "-m", "api", "init"],
        env=inherited({"JEMBATAN_HOME": str(home)}, without=("DATABASE_URL", "JEMBATAN_MIGRATION_URL")),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        fail(f"{made.stderr.strip().splitlines()[-1] if made.stderr.strip() else 'the operator could not be made'}")
    return made.stdout.strip().splitlines()[0]


@cli.command(name="verify-opening")
@click.argument("bundle", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--receipt",
    "receipts",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A receipt that has to be in the bundle, or a page of them; may be given several times.",
)
def verify_opening(bundle: Path, receipts: tuple[Path, ...]) -> None:
    """Check an opening offline, from the file that GET /v1/rfqs/{id}/opening-bundle answers.

    Exit code 0: it holds together. 1: something in it was altered, or a receipt is not in it. 2: not such a file.
    """
    from rich.console import Console

    from api.verify import verify_files

    raise SystemExit(verify_files(bundle, receipts, Console(highlight=False), Console(stderr=True, highlight=False)))


def main() -> None:
    """The console script."""
    # Each registers its commands.
    import api.keys_cli
    import api.upkeep_cli  # noqa: F401

    cli()
