"""The secret itself: how it looks, and the only form of it that is stored."""

import hashlib
import secrets
import string
import zlib

PREFIX = "jbt_"
ALPHABET = string.digits + string.ascii_letters
RANDOM = 40
"""Base-62 characters, 238 bits."""
CHECK = 6
LENGTH = len(PREFIX) + RANDOM + CHECK


def new_secret() -> str:
    """`jbt_`, 40 random characters, 6 characters of checksum (so that scanners and we know a typo from a guess)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return PREFIX + body + _checksum(body)


def is_well_formed(secret: str) -> bool:
    """Whether it could be one of ours: spares the database what cannot."""
    if len(secret) != LENGTH or not secret.startswith(PREFIX) or not secret.isascii():
        return False
    body = secret[len(PREFIX) : -CHECK]
    return _checksum(body) == secret[-CHECK:]


def digest(secret: str) -> bytes:
    """SHA-256. The secret is random, so that nothing slower is needed."""
    return hashlib.sha256(secret.encode()).digest()


def hint(secret: str) -> str:
    """The first characters, to tell keys apart by."""
    return secret[: len(PREFIX) + 6]


def _checksum(body: str) -> str:
    value = zlib.crc32(body.encode())
    digits = ""
    for _ in range(CHECK):
        value, digit = divmod(value, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits
