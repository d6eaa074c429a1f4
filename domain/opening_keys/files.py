"""Opening keys in the keys folder: `opening.private*.jwk`, all of which open, and the public half of the newest."""

import os
from pathlib import Path

from joserfc.jwk import OKPKey

from domain.sealing import OPENING_PRIVATE, OPENING_PUBLIC, KeysMissing, privates, public_half, write

RETIRED = "retired"
"""The folder for what is out of use. It is kept: a process that was forgotten may have sealed to it meanwhile."""


def add(folder: Path) -> str:
    """Make a key and have it sealed to from now on; its id. Raises KeysMissing where there is none to be followed."""
    privates(folder)
    pair = OKPKey.generate_key("X25519")
    kid = pair.thumbprint()
    # The private half first: interrupted here, there is one key too many, never one that nothing opens.
    write(folder / OPENING_PRIVATE.replace(".jwk", f".{kid}.jwk"), pair.as_dict(private=True))
    write(folder / OPENING_PUBLIC, pair.as_dict(private=False))
    _settle(folder)
    return kid


def put_first(folder: Path, given: list[OKPKey]) -> str:
    """Have the first of `given` sealed to from now on; its id."""
    newest = given[0]
    write(folder / OPENING_PUBLIC, public_half(newest).as_dict(private=False))
    _settle(folder)
    return newest.thumbprint()


def retire(folder: Path, kid: str) -> Path:
    """Take the key `kid` out of use; where its file is from now on. Raises KeysMissing when no file holds it."""
    for path, key in privates(folder).items():
        if key.thumbprint() == kid:
            target = folder / RETIRED / f"opening.private.{kid}.jwk"
            target.parent.mkdir(mode=0o700, exist_ok=True)
            path.rename(target)
            _settle(folder)
            return target
    raise KeysMissing(f"no file in {folder} holds opening key {kid}")


def _settle(folder: Path) -> None:
    # A rename is on the disk once its folder is.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
