"""Commands for the keys of an installation: `jembatan keys`, `jembatan keys rotate`."""

import asyncio

import rich_click as click

from api import logs, runtime
from api.cli import cli, fail, opened, plainly, read_settings
from domain.checkpoints import keys as audit_keys
from domain.sealing import Sealer


@cli.group(invoke_without_command=True)
@click.pass_context
def keys(context: click.Context) -> None:
    """Create the key files that quotes are sealed with (external database; the embedded one makes its own)."""
    if context.invoked_subcommand is not None:
        return
    with plainly():
        settings = read_settings()
        runtime.check_folders(settings)
        signs = audit_keys.create(settings.keys_folder)
        if not Sealer.create(settings.keys_folder) and not signs:
            fail(f"there are keys in {settings.keys_folder} already; quotes sealed with them need them")
        click.echo(
            f"wrote the keys to {settings.keys_folder}; back them up: without them no sealed quote can be opened"
        )


@keys.command(name="rotate")
@click.option("--at-once", is_flag=True, help="Refuse the tokens of the present key from now on: it was stolen.")
def rotate_signing_key(at_once: bool) -> None:  # noqa: FBT001
    """Sign access tokens with a new key.

    Tokens that are out stay good until they expire, 15 minutes at most, unless the key was stolen.
    """
    from domain.tokens.commands import rotate
    from domain.tokens.model import SigningKey

    async def main(dsn: str) -> SigningKey:
        async with runtime.services(settings, dsn, application="jembatan keys") as services:
            return await rotate(services.db, services.sealer, at_once=at_once)

    with plainly():
        settings = read_settings()
        logs.configure(settings.log_format)
        with opened(settings) as database:
            key = asyncio.run(main(database.app))
        click.echo(f"tokens are signed with {key.kid} from now on")
