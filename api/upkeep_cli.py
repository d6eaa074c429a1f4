"""Commands for whoever runs an installation: `jembatan doctor`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import rich_click as click

from api import runtime
from api.cli import EXPECTED_ERRORS, cli, read_settings
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
