"""How commercial content is kept from everybody but its supplier until the quotes are opened.

Each RFQ has a key pair of its own. Content is sealed to the public half as a JWE (RFC 7516, `ECDH-ES` on X25519,
`A256GCM`). The private half is itself sealed to the installation's opening key, whose private half only the opening
path holds. The supplier's own copy is encrypted under a key derived for that supplier (RFC 5869) from the readback
key. This protects dumps, replicas, logs, injection and support staff; it does not protect against whoever is root
on the host that holds the key files.
"""

import hashlib
import hmac
import os
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwe
from joserfc.jwk import OctKey, OKPKey

PADDING = 512
"""Sealed content is filled up to a multiple of this many bytes, so that its length does not tell the digits."""
NONCE_BYTES = 32
MAX_KEYS = 10_000
"""Derived keys that a process keeps: one for each organisation that asked for its own."""

OPENING_PRIVATE, OPENING_PUBLIC, READBACK = "opening.private.jwk", "opening.public.jwk", "readback.jwk"
_ASYMMETRIC = {"alg": "ECDH-ES", "enc": "A256GCM"}
_SYMMETRIC = {"alg": "dir", "enc": "A256GCM"}
_ALGORITHMS = ["ECDH-ES", "dir", "A256GCM"]
"""Pinned: a JWE that names another algorithm is refused."""
_LIMITS = jwe.JWERegistry(algorithms=_ALGORITHMS)
_LIMITS.max_ciphertext_length = 16_000_000
"""Far above a quote of 500 lines with 20 breaks each; the library's own 64 kB end at some 150 lines."""


class KeysMissing(Exception):
    """A key file is absent or unreadable; the message says which and what to do."""


class Sealer:
    """The keys of one installation. Pass it to the commands that seal; only the opening path has `opening`."""

    def __init__(self, opening_public: OKPKey, readback: bytes, opening_private: OKPKey | None = None) -> None:
        self._public, self._readback, self._private = opening_public, readback, opening_private
        self._keys: dict[tuple[str, bytes], bytes] = {}

    @classmethod
    def load(cls, folder: Path, *, opening: bool) -> "Sealer":
        """From the key files in `folder`; with `opening`, the private opening key too. Raises KeysMissing."""
        private = OKPKey.import_key(_read(folder, OPENING_PRIVATE)) if opening else None
        readback = OctKey.import_key(_read(folder, READBACK)).get_op_key("encrypt")
        return cls(OKPKey.import_key(_read(folder, OPENING_PUBLIC)), readback, private)

    @staticmethod
    def create(folder: Path) -> bool:
        """Write new keys into `folder`, readable by their owner alone; False when there are keys already."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / READBACK).exists():
            return False
        pair = OKPKey.generate_key("X25519")
        for name, value in (
            (OPENING_PRIVATE, pair.as_dict(private=True)),
            (OPENING_PUBLIC, pair.as_dict(private=False)),
            # Last, so that an interrupted start finds it missing and begins again.
            (READBACK, OctKey.generate_key(256).as_dict(private=True)),
        ):
            part = folder / f"{name}.part"
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(msgspec.json.encode(value))
                out.flush()
                os.fsync(out.fileno())
            part.rename(folder / name)
        return True

    def new_rfq_key(self) -> tuple[str, str]:
        """A key pair for one RFQ: the public half as JWK text, the private one sealed to the opening key."""
        pair = OKPKey.generate_key("X25519")
        public = msgspec.json.encode(pair.as_dict(private=False)).decode()
        private = msgspec.json.encode(pair.as_dict(private=True))
        return public, _encrypt(_ASYMMETRIC, private, self._public)

    @staticmethod
    def seal(public_key: str, content: bytes) -> str:
        """`content` for the opening of the RFQ that `public_key` belongs to."""
        return _encrypt(_ASYMMETRIC, _pad(content), OKPKey.import_key(msgspec.json.decode(public_key)))

    def unlock(self, sealed_private_key: str) -> OKPKey:
        """The private key of one RFQ. RuntimeError where the opening key is not held."""
        if self._private is None:
            raise RuntimeError("this process does not hold the opening key")
        return OKPKey.import_key(msgspec.json.decode(_decrypt(sealed_private_key, self._private)))

    @staticmethod
    def unseal(rfq_key: OKPKey, sealed: str) -> bytes:
        """The content that `seal` was given."""
        return _decrypt(sealed, rfq_key).rstrip(b" ")

    def keep(self, organisation_id: UUID, content: bytes) -> str:
        """`content` so that only requests of that organisation read it again."""
        return _encrypt(_SYMMETRIC, _pad(content), OctKey.import_key(self._derived("copy", organisation_id.bytes)))

    def reread(self, organisation_id: UUID, kept: str) -> bytes:
        """What `keep` was given."""
        return _decrypt(kept, OctKey.import_key(self._derived("copy", organisation_id.bytes))).rstrip(b" ")

    def wrap(self, purpose: str, content: bytes) -> str:
        """`content` under a key of this installation that serves `purpose` alone: private keys that every worker needs."""
        return _encrypt(_SYMMETRIC, content, OctKey.import_key(self._derived(purpose)))

    def unwrap(self, purpose: str, wrapped: str) -> bytes:
        """What `wrap` was given."""
        return _decrypt(wrapped, OctKey.import_key(self._derived(purpose)))

    def fingerprint(self, *parts: bytes) -> bytes:
        """32-byte keyed hash of `parts`: equal for equal parts, useless for guessing them without the key."""
        mac = hmac.new(self._derived("fingerprint"), digestmod=hashlib.sha256)
        for part in parts:
            mac.update(len(part).to_bytes(8))
            mac.update(part)
        return mac.digest()

    def _derived(self, purpose: str, salt: bytes = b"") -> bytes:
        known = self._keys.get((purpose, salt))
        if known is None:
            hkdf = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"jembatan " + purpose.encode())
            known = hkdf.derive(self._readback)
            if len(self._keys) < MAX_KEYS:
                self._keys[purpose, salt] = known
        return known


def new_nonce() -> bytes:
    """32 random bytes for one commitment."""
    return os.urandom(NONCE_BYTES)


def commitment(content: bytes, nonce: bytes) -> bytes:
    """sha256(content, then nonce): the receipt's digest, which anyone can recompute after the opening."""
    return hashlib.sha256(content + nonce).digest()


def canonical(value: Any) -> bytes:
    """Canonical JSON of a Struct or of builtins: keys sorted, no spaces, UTF-8, decimals as strings (cf. RFC 8785)."""
    return msgspec.json.encode(value, order="sorted")


def _pad(content: bytes) -> bytes:
    # Spaces after a JSON text change nothing of it.
    return content + b" " * (-len(content) % PADDING)


def _encrypt(header: dict[str, str], content: bytes, key: OKPKey | OctKey) -> str:
    return jwe.encrypt_compact(header, content, key, registry=_LIMITS)


def _decrypt(text: str, key: OKPKey | OctKey) -> bytes:
    plaintext = jwe.decrypt_compact(text, key, registry=_LIMITS).plaintext
    if plaintext is None:
        raise ValueError("the sealed text is empty")
    return plaintext


def _read(folder: Path, name: str) -> dict[str, Any]:
    try:
        content: dict[str, Any] = msgspec.json.decode((folder / name).read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise KeysMissing(
            f"cannot read the key file {folder / name}; restore it from the backup, or run `jembatan keys` on a new installation"
        ) from error
    return content
