"""The key that signs checkpoints: a file of its own, so that who can change the database cannot sign."""

import os
from pathlib import Path

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from domain.sealing import KeysMissing

PRIVATE, PUBLIC = "audit.private.jwk", "audit.public.jwk"


def create(folder: Path) -> bool:
    """Make the key pair, readable by its owner alone; False when there is one. Of several at once one makes it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / PRIVATE).exists():
        return False
    part = folder / f".{PRIVATE}.{os.getpid()}.part"
    _write(part, OKPKey.generate_key("Ed25519").as_dict(private=True))
    try:
        os.link(part, folder / PRIVATE)
    except FileExistsError:
        return False
    finally:
        part.unlink()
    _write(folder / PUBLIC, load(folder).as_dict(private=False))
    return True


def load(folder: Path) -> OKPKey:
    """The private key. Raises KeysMissing."""
    return read(folder / PRIVATE)


def read(path: Path) -> OKPKey:
    """A key from its file. Raises KeysMissing."""
    try:
        key = OKPKey.import_key(msgspec.json.decode(path.read_bytes()))
    except (OSError, msgspec.DecodeError, JoseError, ValueError, TypeError, KeyError) as error:
        raise KeysMissing(f"cannot read the key file {path}; restore it, or run `jembatan keys` to make it") from error
    if key.curve_name != "Ed25519":
        raise KeysMissing(f"{path} is no Ed25519 key; the public key of checkpoints is {PUBLIC} in the keys folder")
    return key


def _write(path: Path, content: object) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(msgspec.json.encode(content))
        out.flush()
        os.fsync(out.fileno())
