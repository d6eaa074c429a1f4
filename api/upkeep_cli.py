"""Commands for whoever runs an installation: `jembatan doctor`, `audit`, `backup`, `restore`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rich_click as click

from api import runtime
from api.cli import EXPECTED_ERRORS, cli, fail, login_of, plainly, read_settings
from api.embedded_postgres import EmbeddedPostgres
from api.settings import Settings


@contextmanager
def whole_database(settings: Settings) -> Iterator[str]:
    """A login that sees every row. The embedded server is started as it is: nothing is migrated, no key is made."""
    if settings.database_url is not None:
        yield settings.migration_url or settings.database_url
        return
    if not settings.home.is_dir():
        raise runtime.StartError(f"there is no installation in {settings.home}; set JEMBATAN_HOME to its folder")
    with EmbeddedPostgres.start(settings.home) as server:
        yield server.dsn(user="postgres", database=runtime.DATABASE)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--deep", is_flag=True, help="Read every file and every event too.")
def doctor(as_json: bool, deep: bool) -> None:  # noqa: FBT001
    """Examine everything that has to be true, and say what to do where it is not.

    Logs in as JEMBATAN_MIGRATION_URL, else DATABASE_URL: it has to see every row. Changes nothing.
    Exit code 0: nothing found. 1: something was. 2: it could not be examined.
    """
    from rich.console import Console

    from api import doctor as examination

    try:
        settings = read_settings()
        with whole_database(settings) as dsn:
            report = asyncio.run(examination.examine(settings, dsn, deep=deep))
    except EXPECTED_ERRORS as error:
        click.echo(f"jembatan: {' '.join(str(error).split())}", err=True)
        raise SystemExit(examination.UNEXAMINED) from error
    raise SystemExit(examination.tell(report, Console(highlight=False), as_json=as_json))


@cli.group()
def audit() -> None:
    """The signed history: write it to a file, verify a file or the database."""


@audit.command(name="export")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def audit_export(path: Path) -> None:
    """Write every checkpoint and the events that they cover to a file, for whoever verifies it elsewhere.

    It holds what audiences read of events and digests of the rest: ids, states, names, quantities; never a price.
    """
    from api import audit as auditing

    with plainly():
        settings = read_settings()
        with whole_database(settings) as dsn:
            checkpoints, events = asyncio.run(auditing.export(dsn, path))
        click.echo(f"wrote {checkpoints} checkpoints over {events} events to {path}")


@audit.command(name="verify")
@click.argument("path", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A public key of checkpoints. For the database: that of the keys folder, unless given.",
)
@click.option(
    "--known",
    "known",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="An earlier export: its newest checkpoint has to be there still.",
)
def audit_verify(path: Path | None, keys: tuple[Path, ...], known: tuple[Path, ...]) -> None:
    """Verify an export offline, or, without a file, the database.

    Exit code 0: everything is as it was sealed. 1: it is not, and each fault is named. 2: it could not be verified.
    """
    from rich.console import Console

    from api import audit as auditing
    from domain.checkpoints.keys import PUBLIC

    out, waiting = Console(highlight=False), None
    try:
        if path is not None:
            if not keys:
                raise click.UsageError("name the public key with --key: a file cannot vouch for itself")
            verifier = auditing.verify_file(path, auditing.public_keys(keys), auditing.known_checkpoints(known))
        else:
            settings = read_settings()
            trusted = auditing.public_keys(keys or (settings.keys_folder / PUBLIC,))
            remembered = auditing.known_checkpoints(known)
            with whole_database(settings) as dsn:
                verifier, waiting = asyncio.run(auditing.verify_database(dsn, trusted, remembered))
    except (*EXPECTED_ERRORS, auditing.MalformedExport) as error:
        click.echo(f"jembatan: {' '.join(str(error).split())}", err=True)
        raise SystemExit(auditing.MALFORMED) from error
    raise SystemExit(auditing.tell(verifier, waiting, out))


_PASSPHRASE = click.option(
    "--keys-passphrase",
    "passphrase",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File with the passphrase that the keys are encrypted with. Without it they are left out.",
)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_PASSPHRASE
def backup(folder: Path, passphrase: Path | None) -> None:
    """Write database and files, of one moment, into an empty folder. The installation goes on meanwhile.

    Keep the keys apart from it: with both, whoever finds them opens sealed quotes early.
    """
    from api import backup as backups

    try:
        with plainly():
            settings = read_settings()
            with whole_database(settings) as dsn:
                made = asyncio.run(
                    backups.backup(
                        dsn,
                        backups.storage_of(settings.storage_url),
                        settings.keys_folder,
                        folder,
                        passphrase=backups.passphrase_of(passphrase),
                    )
                )
    except backups.BackupError as error:
        fail(error)
    click.echo(f"wrote {len(made.digests)} files to {folder}")
    if not made.has_keys:
        click.echo(f"The keys are not among them: back up {settings.keys_folder} apart, and keep it apart.", err=True)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_PASSPHRASE
def restore(folder: Path, passphrase: Path | None) -> None:
    """Restore a backup into an empty JEMBATAN_HOME, or the empty database of JEMBATAN_MIGRATION_URL.

    Then run `jembatan doctor --deep` and `jembatan audit verify` before anybody works with it.
    """
    from api import backup as backups

    try:
        with plainly():
            settings = read_settings()
            manifest = backups.check(folder)
            settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            backups.restore_keys(folder, manifest, settings.keys_folder, passphrase=backups.passphrase_of(passphrase))
            blobs = backups.storage_of(settings.storage_url)
            with _empty_database(settings) as (owner, login):
                asyncio.run(backups.restore(folder, manifest, owner, blobs, grant_to=login))
    except backups.BackupError as error:
        fail(error)
    click.echo(f"restored the backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC; run `jembatan doctor --deep` now")


@contextmanager
def _empty_database(settings: Settings) -> Iterator[tuple[str, str | None]]:
    """(owner's DSN, the login that gets the program's rights)."""
    if settings.database_url is not None:
        yield settings.migration_url or settings.database_url, login_of(settings)
        return
    with EmbeddedPostgres.start(settings.home) as server:
        owner = server.dsn(user="postgres", database=runtime.DATABASE)
        asyncio.run(runtime.prepare_embedded(server.dsn(user="postgres", database="postgres"), owner))
        yield owner, runtime.APP_LOGIN
