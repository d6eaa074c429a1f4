"""Commands for the keys of an installation: `jembatan keys`, `rotate`; for opening keys `rotate-opening`, `rewrap`, `retire`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import rich_click as click
from msgspec.structs import replace

from api import logs, opening_keys, runtime, schema
from api.cli import cli, fail, opened, plainly, read_settings
from api.upkeep_cli import whole_database
from domain.checkpoints import keys as audit_keys
from domain.database import Tx
from domain.ids import show
from domain.opening_keys import commands, files
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
        if not Sealer.create(settings.keys_folder, opening_keys.given(settings)) and not signs:
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
        settings = replace(read_settings(), opens=False)
        logs.configure(settings.log_format)
        with opened(settings) as database:
            key = asyncio.run(main(database.app))
        click.echo(f"tokens are signed with {key.kid} from now on")


@keys.command(name="rotate-opening")
def rotate_opening() -> None:
    """Make a new opening key, which the private keys of RFQs published from now on are sealed to.

    Where opening keys come from the environment or a command, the first of them becomes the newest. Quotes are opened
    with all keys that are held. Copy the files to the other nodes first, then restart the processes, then `rewrap`.
    """
    with plainly():
        settings = read_settings()
        runtime.check_folders(settings)
        given = opening_keys.given(settings)
        folder = settings.keys_folder
        kid = files.add(folder) if given is None else files.put_first(folder, given)
        click.echo(
            f"the newest opening key is {kid}: back up {settings.keys_folder}, copy it to every node, restart the "
            "processes, then run `jembatan keys rewrap`"
        )


@keys.command()
@click.option(
    "--batch", type=click.IntRange(1, 10_000), default=500, show_default=True, help="RFQs in one transaction."
)
def rewrap(batch: int) -> None:
    """Seal the private keys of all RFQs to the newest opening key.

    Logs in as JEMBATAN_MIGRATION_URL. May be interrupted, and repeated: what is done stays done, and quotes can be opened
    all the while. Exit code 1 when a key could not be unlocked; it is left as it was.
    """

    async def main(dsn: str) -> tuple[int, list[str]]:
        done, left = 0, list[str]()
        after: UUID | None = commands.START
        async with _owner(dsn) as connection:
            while after is not None:
                async with connection.transaction():
                    portion = await commands.rewrap(Tx(connection), sealer, after=after, limit=batch)
                done, after = done + portion.done, portion.last
                left += [f"{show('rfq', rfq_id)}: {reason}" for rfq_id, reason in portion.left]
        return done, left

    with plainly():
        settings = replace(read_settings(), opens=True)
        with whole_database(settings) as dsn:
            sealer = runtime.load_keys(settings)
            done, left = asyncio.run(main(dsn))
        click.echo(f"sealed {done} keys anew to {sealer.newest}")
        for line in left:
            click.echo(f"left as it was: {line}", err=True)
        if left:
            raise SystemExit(1)


@keys.command()
@click.option("--kid", required=True, help="Its id, as `rotate-opening` and `doctor` say it.")  # may begin with a dash
def retire(kid: str) -> None:
    """Put an opening key out of use; refused while anything is sealed to it.

    Its file goes into the folder `retired`, and is not read any more. With keys from the environment or a command this
    says whether it may be taken away there.
    """

    async def main(dsn: str) -> dict[str | None, int]:
        async with _owner(dsn) as connection, connection.transaction(readonly=True):
            return await commands.count(Tx(connection))

    with plainly():
        settings = replace(read_settings(), opens=True)
        with whole_database(settings) as dsn:
            sealer = runtime.load_keys(settings)
            counts = asyncio.run(main(dsn))
        if kid == sealer.newest:
            fail(f"{kid} is the newest opening key; make another with `jembatan keys rotate-opening` first")
        if kid not in sealer.held:
            fail(f"{kid} is not held; there are {', '.join(sorted(sealer.held))}")
        for sealed_to, said in ((kid, "are sealed to it"), (None, "were sealed before opening keys had ids")):
            if counts.get(sealed_to):
                fail(f"the keys of {counts[sealed_to]} RFQs {said}; run `jembatan keys rewrap`, then retire {kid}")
        if opening_keys.given(settings) is None:
            click.echo(f"{kid} is out of use; its file is {files.retire(settings.keys_folder, kid)}")
        else:
            click.echo(f"nothing is sealed to {kid}: take it out of what gives the opening keys")


OWNS = "SELECT pg_has_role(session_user, relowner, 'MEMBER') FROM pg_class WHERE oid = 'rfq_key'::regclass"


@asynccontextmanager
async def _owner(dsn: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """The owner's login, or one above: no role of the program may change what an RFQ's key is sealed to."""
    connection = await runtime.connect(dsn)
    try:
        await schema.check(connection)
        if not await connection.fetchval(OWNS):
            # The program's own login would not even see the rows that it may not change.
            fail(
                "this login may not change the keys of RFQs; let JEMBATAN_MIGRATION_URL log in as the owner of the tables"
            )
        await connection.execute("SET lock_timeout = '5s'")
        yield connection
    finally:
        await connection.close()
