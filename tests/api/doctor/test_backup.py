"""What a backup refuses: before anything is written over, and before anything broken is restored."""

from pathlib import Path

import msgspec
import pytest

from api import backup
from api.blobs import open_blobs
from domain.database import utc_now
from domain.sealing import READBACK, Sealer

PASSPHRASE = b"correct horse battery"


async def made(folder: Path, owner_dsn: str, home: Path, passphrase: bytes | None = None) -> backup.Manifest:
    blobs = open_blobs(f"file://{home / 'files'}")
    return await backup.backup(owner_dsn, blobs, home / "keys", folder, passphrase=passphrase)


async def test_only_into_an_empty_folder(tmp_path: Path, owner_dsn: str) -> None:
    (tmp_path / "note").write_text("mine")
    with pytest.raises(backup.BackupError, match="not empty"):
        await made(tmp_path, owner_dsn, tmp_path)


def test_keys_are_opened_by_their_passphrase_alone(tmp_path: Path) -> None:
    Sealer.create(tmp_path / "keys")
    folder, manifest = tmp_path / "backup", _whole(tmp_path / "backup")
    (folder / backup.KEYS).write_bytes(backup._sealed(tmp_path / "keys", PASSPHRASE))
    assert (tmp_path / "keys" / READBACK).read_bytes() not in (folder / backup.KEYS).read_bytes()
    with pytest.raises(backup.BackupError, match="give the passphrase"):
        backup.restore_keys(folder, manifest, tmp_path / "new", passphrase=None)
    with pytest.raises(backup.BackupError, match="does not open"):
        backup.restore_keys(folder, manifest, tmp_path / "new", passphrase=PASSPHRASE + b"!")
    backup.restore_keys(folder, manifest, tmp_path / "new", passphrase=PASSPHRASE)
    assert (tmp_path / "new" / READBACK).read_bytes() == (tmp_path / "keys" / READBACK).read_bytes()
    assert (tmp_path / "new" / READBACK).stat().st_mode & 0o077 == 0
    before = (tmp_path / "new" / READBACK).read_bytes()
    Sealer.create(tmp_path / "keys2")
    backup.restore_keys(folder, manifest, tmp_path / "new", passphrase=PASSPHRASE)
    assert (tmp_path / "new" / READBACK).read_bytes() == before, "keys that are there are never written over"


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("12345\n")
    with pytest.raises(backup.BackupError, match="shorter"):
        backup.passphrase_of(tmp_path / "secret")


def test_what_is_missing_or_changed_is_found_before_the_restore(tmp_path: Path) -> None:
    with pytest.raises(backup.BackupError, match="no whole backup"):
        backup.check(tmp_path)
    manifest = _whole(tmp_path)
    assert backup.check(tmp_path) == manifest
    (tmp_path / backup.DUMP).write_bytes(b"other")
    with pytest.raises(backup.BackupError, match="was changed"):
        backup.check(tmp_path)
    (tmp_path / backup.DUMP).unlink()
    with pytest.raises(backup.BackupError, match="is missing"):
        backup.check(tmp_path)
    outside = msgspec.structs.replace(manifest, digests={"../secret": "0" * 64})
    (tmp_path / backup.MANIFEST).write_bytes(msgspec.json.encode(outside))
    with pytest.raises(backup.BackupError, match="outside"):
        backup.check(tmp_path)


async def test_nothing_is_restored_into_a_database_that_is_not_empty(tmp_path: Path, owner_dsn: str) -> None:
    manifest = _whole(tmp_path)
    with pytest.raises(backup.BackupError, match="not empty"):
        await backup.restore(tmp_path, manifest, owner_dsn, open_blobs(f"file://{tmp_path / 'files'}"), grant_to=None)


def _whole(folder: Path) -> backup.Manifest:
    folder.mkdir(exist_ok=True)
    (folder / backup.DUMP).write_bytes(b"dump")
    manifest = backup.Manifest(
        format=backup.FORMAT,
        made_at=utc_now(),
        revision="0035",
        server="18.0",
        has_keys=True,
        roles=[],
        memberships=[],
        digests={backup.DUMP: backup._digest(folder / backup.DUMP)},
    )
    (folder / backup.MANIFEST).write_bytes(msgspec.json.encode(manifest))
    return manifest
