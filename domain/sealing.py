"""How commercial content is kept from everybody but its supplier until the quotes are opened.

Each RFQ has a key pair of its own. Content is sealed to the public half as a JWE (RFC 7516, `ECDH-ES` on X25519,
`A256GCM`). The private half is itself sealed to the installation's newest opening key, whose private half only the
opening path holds; older ones open what was sealed to them (`kid` in the header: the key's thumbprint, RFC 7638). The
supplier's own copy is encrypted under a key derived for that supplier (RFC 5869) from the readback key. This protects
dumps, replicas, logs, injection and support staff; it does not protect against whoever is root on the host that holds
the key files.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey, OKPKey

PADDING = 512
"""Sealed content is filled up to a multiple of this many bytes, so that its length does not tell the digits."""
NONCE_BYTES = 32
MAX_KEYS = 10_000
"""Derived keys that a process keeps: one for each organisation that asked for its own."""

OPENING_PRIVATE, OPENING_PUBLIC, READBACK = "opening.private.jwk", "opening.public.jwk", "readback.jwk"
OPENING_PRIVATES = "opening.private*.jwk"
_ASYMMETRIC = {"alg": "ECDH-ES", "enc": "A256GCM"}
_SYMMETRIC = {"alg": "dir", "enc": "A256GCM"}
_ALGORITHMS = ["ECDH-ES", "dir", "A256GCM"]
"""Pinned: a JWE that names another algorithm is refused."""
_LIMITS = jwe.JWERegistry(algorithms=_ALGORITHMS)
_LIMITS.max_ciphertext_length = 16_000_000
"""Far above a quote of 500 lines with 20 breaks each; the library's own 64 kB end at some 150 lines."""


class KeysMissing(Exception):
    """A key file is absent or unreadable; the message says which and what to do."""


class KeyNotHeld(Exception):
    """What was to be unlocked is sealed to an opening key that this process does not hold; the message says to which."""


class Sealer:
    """The keys of one installation. Pass it to the commands that seal; only the opening path has `privates`."""

    def __init__(
        self,
        opening_public: OKPKey,
        readback: bytes,
        privates: Iterable[OKPKey] = (),
        again: Callable[[], Iterable[OKPKey]] | None = None,
    ) -> None:
        self._public, self._readback = opening_public, readback
        self._privates = {key.thumbprint(): key for key in privates}
        self._again = again
        self._keys: dict[tuple[str, bytes], bytes] = {}
        self.newest = opening_public.thumbprint()
        """The id of the opening key that private keys of RFQs are sealed to."""

    @classmethod
    def load(cls, folder: Path, *, opening: bool, given: list[OKPKey] | None = None) -> "Sealer":
        """From the key files in `folder`; with `opening`, the private opening keys too. Raises KeysMissing.

        `given`: private opening keys from elsewhere, the newest first, in place of those in the folder.
        """
        readback = OctKey.import_key(_read(folder, READBACK)).get_op_key("encrypt")
        if given and not (folder / OPENING_PUBLIC).exists():
            public = public_half(given[0])
        else:
            public = OKPKey.import_key(_read(folder, OPENING_PUBLIC))
        if not opening:
            return cls(public, readback)
        again = None if given else lambda: privates(folder).values()
        sealer = cls(public, readback, given or privates(folder).values(), again)
        if sealer.newest not in sealer.held:
            raise KeysMissing(
                f"{OPENING_PUBLIC} in {folder} is the public half of opening key {sealer.newest}, and its private half is not "
                "among the opening keys; put it back, or run `jembatan keys rotate-opening`"
            )
        return sealer

    @staticmethod
    def create(folder: Path, given: list[OKPKey] | None = None) -> bool:
        """Write new keys into `folder`, readable by their owner alone; False when there are keys already.

        Of opening keys that are `given` from elsewhere the folder has the newest one's public half only.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / READBACK).exists():
            return False
        pair = given[0] if given else OKPKey.generate_key("X25519")
        if not given:
            write(folder / OPENING_PRIVATE, pair.as_dict(private=True))
        write(folder / OPENING_PUBLIC, pair.as_dict(private=False))
        # Last, so that an interrupted start finds it missing and begins again.
        write(folder / READBACK, OctKey.generate_key(256).as_dict(private=True))
        return True

    @property
    def held(self) -> frozenset[str]:
        """The ids of the private opening keys that this process holds; none where it does not open quotes."""
        return frozenset(self._privates)

    def new_rfq_key(self) -> tuple[str, str]:
        """A key pair for one RFQ: the public half as JWK text, the private one sealed to the opening key."""
        pair = OKPKey.generate_key("X25519")
        public = msgspec.json.encode(pair.as_dict(private=False)).decode()
        return public, self.lock(pair)

    def lock(self, rfq_key: OKPKey) -> str:
        """The private key of one RFQ, sealed to the newest opening key."""
        private = msgspec.json.encode(rfq_key.as_dict(private=True))
        return _encrypt({**_ASYMMETRIC, "kid": self.newest}, private, self._public)

    @staticmethod
    def seal(public_key: str, content: bytes) -> str:
        """`content` for the opening of the RFQ that `public_key` belongs to."""
        return _encrypt(_ASYMMETRIC, _pad(content), OKPKey.import_key(msgspec.json.decode(public_key)))

    def unlock(self, sealed_private_key: str) -> OKPKey:
        """The private key of one RFQ. Raises KeyNotHeld where its opening key is not held, JoseError where it is broken."""
        kid = sealed_to(sealed_private_key)
        if kid is not None and kid not in self._privates and self._again is not None:
            # A key that was made elsewhere and copied here since this process started.
            self._privates.update({key.thumbprint(): key for key in self._again()})
        if kid is not None:
            private = self._privates.get(kid)
            if private is None:
                raise KeyNotHeld(f"opening key {kid} is not held here")
            return _unlocked(sealed_private_key, private)
        # Sealed before opening keys had ids: there were few, and only its own opens it.
        for private in self._privates.values():
            try:
                return _unlocked(sealed_private_key, private)
            except (JoseError, ValueError):
                continue
        raise KeyNotHeld("none of the opening keys held here opens it")

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


def privates(folder: Path) -> dict[Path, OKPKey]:
    """The private opening keys in `folder`. Raises KeysMissing when there is none, or when one cannot be read."""
    paths = sorted(folder.glob(OPENING_PRIVATES)) or [folder / OPENING_PRIVATE]
    return {path: OKPKey.import_key(_read(folder, path.name)) for path in paths}


def public_half(key: OKPKey) -> OKPKey:
    """`key` without what is private of it."""
    return OKPKey.import_key(key.as_dict(private=False))


def sealed_to(sealed: str) -> str | None:
    """The id of the opening key that a private key is sealed to; None where its header tells none, or is broken."""
    header = sealed.partition(".")[0]
    try:
        told = msgspec.json.decode(urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    except ValueError:  # msgspec's and base64's errors are such
        return None
    kid = told.get("kid") if isinstance(told, dict) else None
    return kid if isinstance(kid, str) else None


def write(path: Path, key: Any) -> None:
    """Write a key file whole or not at all, readable by its owner alone. What was there is replaced."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(msgspec.json.encode(key))
        out.flush()
        os.fsync(out.fileno())
    part.rename(path)


def new_nonce() -> bytes:
    """32 random bytes for one commitment."""
    return os.urandom(NONCE_BYTES)


def commitment(content: bytes, nonce: bytes) -> bytes:
    """sha256(content, then nonce): the receipt's digest, which anyone can recompute after the opening."""
    return hashlib.sha256(content + nonce).digest()


def canonical(value: Any) -> bytes:
    """Canonical JSON of a Struct or of builtins: keys sorted, no spaces, UTF-8, decimals as strings (cf. RFC 8785)."""
    return msgspec.json.encode(value, order="sorted")


def _unlocked(sealed_private_key: str, private: OKPKey) -> OKPKey:
    return OKPKey.import_key(msgspec.json.decode(_decrypt(sealed_private_key, private)))


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
