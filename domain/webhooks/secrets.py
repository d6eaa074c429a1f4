"""The secret that signs messages, in the form of Standard Webhooks."""

import base64
import os

PREFIX = "whsec_"
RANDOM = 32


def new_secret() -> str:
    """`whsec_` and the base64 of 32 random bytes."""
    return PREFIX + base64.b64encode(os.urandom(RANDOM)).decode()


def key_of(secret: str) -> bytes:
    """The bytes that the signature is made with."""
    return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
