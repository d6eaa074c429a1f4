"""`jembatan backup` and `jembatan restore`: the database, the files and, under a passphrase, the keys.

Database and files are of one snapshot. The keys are not in the folder unless they are encrypted: with them, whoever
finds the backup opens every sealed quote. Everything that was written is in the manifest with its digest.
"""

import asyncio
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from api import migrate, runtime, schema
from api.blobs import Blobs, open_blobs
from api.doctor import snapshot
from api.embedded_account import binaries_directory
from api.settings import inherited
from domain import connecting
from domain.database import utc_now
from domain.doctor import storage

FORMAT = "jembatan.backup/1"
_ROLE = re.compile(r"jembatan_[a-z]+")
DUMP, MANIFEST, OBJECTS, KEYS = "database.dump", "manifest.json", "objects", "keys.sealed"
READ = 1024 * 1024
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**16, 8, 1
"""64 MiB and a fifth of a second for each guess at a passphrase."""
_SALT, _NONCE = 16, 12
OWNER = "jembatan_owner"


_ROLES = """
SELECT rolname::text FROM pg_roles
 WHERE rolname ~ '^jembatan_[a-z]+$' AND NOT rolcanlogin AND NOT rolsuper AND NOT rolbypassrls
"""
_MEMBERSHIPS = """
SELECT r.rolname::text AS role, m.rolname::text AS member
  FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
 WHERE r.rolname = ANY ($1) AND m.rolname = ANY ($1)
"""


class BackupError(Exception):
    """The backup cannot be made or restored; the message says why and what to do."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds: digests (SHA-256, hex) by path within its folder."""

    format: str
    made_at: datetime
    revision: str
    server: str
    has_keys: bool
    digests: dict[str, str]
    roles: list[str]
    """The program's roles; they and their memberships belong to the server, and no dump of a database holds them."""
    memberships: list[tuple[str, str]]
    """(role, member)."""


async def backup(dsn: str, blobs: Blobs, keys: Path, folder: Path, *, passphrase: bytes | None) -> Manifest:
    """Write a backup into `folder`, which is empty or does not exist. `dsn`: a login that sees every row.

    Raises BackupError, StartError, BlobsError. Without its manifest a folder is no backup: it is written last.
    """
    _make_empty(folder)
    digests: dict[str, str] = {}
    async with snapshot(dsn) as (connection, tx):
        await schema.check(connection)
        version = connection.get_server_version()
        roles = [row["rolname"] for row in await connection.fetch(_ROLES)]
        memberships = [(row["role"], row["member"]) for row in await connection.fetch(_MEMBERSHIPS, roles)]
        exported = await connection.fetchval("SELECT pg_export_snapshot()")
        await _client(
            "pg_dump", version.major, dsn, "--format=custom", "--exclude-table-data=rate_limit",
            f"--snapshot={exported}", f"--file={folder / DUMP}",
        )  # fmt: skip
        digests[DUMP] = await asyncio.to_thread(_digest, folder / DUMP)
        async for subject, key, size, sha256 in storage.stored(tx):
            path = folder / OBJECTS / key
            digest = await _write(path, blobs.read(key, 0, size))
            if sha256 is not None and digest != sha256.hex():
                raise BackupError(
                    f"{subject} has another digest in the storage than on record; `jembatan doctor --deep`"
                )
            digests[f"{OBJECTS}/{key}"] = digest
    if passphrase is not None:
        (folder / KEYS).write_bytes(_sealed(keys, passphrase))
        digests[KEYS] = _digest(folder / KEYS)
    manifest = Manifest(
        format=FORMAT,
        made_at=utc_now(),
        revision=schema.head(),
        server=f"{version.major}.{version.minor}",
        has_keys=passphrase is not None,
        digests=digests,
        roles=roles,
        memberships=memberships,
    )
    await _write(folder / MANIFEST, _once(msgspec.json.format(msgspec.json.encode(manifest))))
    return manifest


def _make_empty(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty; a backup is written into a folder of its own")


def check(folder: Path) -> Manifest:
    """The manifest of a whole backup, every digest compared. Raises BackupError."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise BackupError(f"{folder} holds no whole backup: its {MANIFEST} is missing or broken") from error
    if manifest.format != FORMAT:
        raise BackupError(f"{folder} is a backup of another form, {manifest.format}")
    for name, digest in manifest.digests.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise BackupError(f"the manifest names {name}, outside of the backup")
        try:
            same = _digest(path) == digest
        except OSError as error:
            raise BackupError(f"{name} is missing from the backup") from error
        if not same:
            raise BackupError(f"{name} was changed since the backup was made")
    return manifest


def restore_keys(folder: Path, manifest: Manifest, keys: Path, *, passphrase: bytes | None) -> None:
    """The keys of the backup, or those that are there already. Raises BackupError."""
    if keys.is_dir() and any(keys.iterdir()):
        return
    if not manifest.has_keys or passphrase is None:
        raise BackupError(f"put the keys into {keys} first, or give the passphrase of a backup that holds them")
    files = _unsealed((folder / KEYS).read_bytes(), passphrase)
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in files.items():
        with os.fdopen(os.open(keys / Path(name).name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)


async def restore(folder: Path, manifest: Manifest, owner: str, blobs: Blobs, *, grant_to: str | None) -> None:
    """Database and files into an empty place; the feed goes on behind everything that was ever announced.

    `owner`: the owner of an empty database. Raises BackupError, StartError, BlobsError, MigrationError.
    """
    connection = await runtime.connect(owner)
    try:
        if await connection.fetchval(
            "SELECT to_regclass('event') IS NOT NULL OR to_regclass('alembic_version') IS NOT NULL"
        ):
            raise BackupError("the database is not empty; restore into a new one")
        names = [role for role in manifest.roles if _ROLE.fullmatch(role)]
        for role in names:
            if not await connection.fetchval("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", role):
                await connection.execute(f"CREATE ROLE {role} NOLOGIN")
        for role, member in manifest.memberships:
            if role in names and member in names:
                await connection.execute(f"GRANT {role} TO {member}")
        major = connection.get_server_version().major
    finally:
        await connection.close()
    # Where the tables have an owner of their own it is among the roles; elsewhere they belong to who restores.
    owned = [] if OWNER in names else ["--no-owner"]
    await _client("pg_restore", major, owner, *owned, "--single-transaction", "--exit-on-error", str(folder / DUMP))
    await migrate.migrate(owner, grant_to=grant_to)
    await _leap(owner)
    for name in manifest.digests:
        if name.startswith(f"{OBJECTS}/"):
            await blobs.put(name.removeprefix(f"{OBJECTS}/"), _chunks(folder / name))


async def _leap(owner: str) -> None:
    """What came after the backup is gone, and followers may have seen it: no place is given out twice."""
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: connecting.connect(owner))
    try:
        async with engine.begin() as connection:
            await connection.execute(text(migrate.LEAP_FEED))
    finally:
        await engine.dispose()


def programs(major: int) -> Path:
    """The folder of PostgreSQL's programs for a server of that version. Raises BackupError."""
    for candidate in (Path(f"/usr/lib/postgresql/{major}/bin"), binaries_directory()):
        if (candidate / "pg_dump").exists():
            return candidate
    found = shutil.which("pg_dump")
    if found is None:
        raise BackupError(f"pg_dump is not installed; install the client programs of PostgreSQL {major}")
    return Path(found).parent


async def _client(program: str, major: int, dsn: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs. The password goes by the environment: arguments are there for all to read."""
    parts = urlsplit(dsn)
    plain, environment = dsn, {}
    if parts.password is not None:
        user, _, host = parts.netloc.rpartition("@")
        plain = urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}@{host}"))
        environment["PGPASSWORD"] = unquote(parts.password)
    command = [str(programs(major) / program), f"--dbname={plain}", *arguments]
    done = await asyncio.to_thread(
        subprocess.run,
        command,
        env=inherited(environment, without=("JEMBATAN_OPENING_KEY",)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{program} failed: {said[0] if said else f'exit code {done.returncode}'}")


def _sealed(keys: Path, passphrase: bytes) -> bytes:
    files = {path.name: path.read_text() for path in sorted(keys.glob("*.jwk"))}
    if not files:
        raise BackupError(f"there are no keys in {keys}")
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    return (
        salt + nonce + AESGCM(_stretched(passphrase, salt)).encrypt(nonce, msgspec.json.encode(files), FORMAT.encode())
    )


def _unsealed(content: bytes, passphrase: bytes) -> dict[str, bytes]:
    salt, nonce, rest = content[:_SALT], content[_SALT : _SALT + _NONCE], content[_SALT + _NONCE :]
    try:
        opened = AESGCM(_stretched(passphrase, salt)).decrypt(nonce, rest, FORMAT.encode())
    except (InvalidTag, ValueError) as error:
        raise BackupError("the passphrase does not open the keys of this backup") from error
    return {name: value.encode() for name, value in msgspec.json.decode(opened, type=dict[str, str]).items()}


def _stretched(passphrase: bytes, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P).derive(passphrase)


async def _write(path: Path, chunks: AsyncIterator[bytes]) -> str:
    """Write durably; the SHA-256 in hex."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        async for chunk in chunks:
            digest.update(chunk)
            await asyncio.to_thread(out.write, chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, READ):
            yield chunk


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def passphrase_of(path: Path | None) -> bytes | None:
    """From a file, without the end of its line. Raises BackupError for a short one."""
    if path is None:
        return None
    content = path.read_bytes().rstrip(b"\r\n")
    if len(content) < 12:  # noqa: PLR2004
        raise BackupError("the passphrase is shorter than 12 characters")
    return content


def storage_of(url: str) -> Blobs:
    """Where the files are, or go."""
    return open_blobs(url)
