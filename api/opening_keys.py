"""Private opening keys that do not come from files: from the environment, or from a command (age, a KMS client)."""

import os
import selectors
import signal
import subprocess
import time

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from api.settings import Settings
from domain.sealing import KeysMissing

COMMAND_SECONDS = 10.0
MAX_BYTES = 64 * 1024
"""Of what a source says: some three hundred keys."""
VARIABLE, COMMAND = "JEMBATAN_OPENING_KEY", "JEMBATAN_OPENING_KEY_COMMAND"


def given(settings: Settings) -> list[OKPKey] | None:
    """The opening keys, the newest first; None where they are in files. Raises KeysMissing, which never quotes a source."""
    if settings.opening_key is not None:
        return _parsed(settings.opening_key.encode(), VARIABLE)
    if settings.opening_key_command is not None:
        return _parsed(_said(settings.opening_key_command), COMMAND)
    return None


def _parsed(text: bytes, source: str) -> list[OKPKey]:
    # `from None` throughout: the errors below quote what they could not read.
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise KeysMissing(f"what {source} gives is not JSON; it has to be a private JWK or a set of them") from None
    members = value["keys"] if isinstance(value, dict) and isinstance(value.get("keys"), list) else [value]
    if not members:
        raise KeysMissing(f"{source} gives a set without keys; it has to hold the newest opening key first")
    return [_key(member, f"key {number} of {source}") for number, member in enumerate(members, 1)]


def _key(member: object, name: str) -> OKPKey:
    try:
        key = OKPKey.import_key(member) if isinstance(member, dict) else None
    except (JoseError, ValueError, TypeError, KeyError):
        key = None
    if key is None or key.curve_name != "X25519" or not key.is_private:
        raise KeysMissing(
            f'{name} is no private X25519 key; it has to be a JWK {{"kty":"OKP","crv":"X25519","x":…,"d":…}}'
        )
    return key


def _said(command: tuple[str, ...]) -> bytes:
    """The standard output of `command`; what it says on standard error goes nowhere, as it may quote a key too."""
    try:
        process = subprocess.Popen(  # noqa: S603  the operator's own setting, without a shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # so that what it started ends with it
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "an argument holds a NUL"
        raise KeysMissing(f"the program of {COMMAND} cannot be started ({reason}); give its path") from None
    try:
        text = _read(process)
        code = process.wait()
    finally:
        _end(process)
    if code != 0:
        raise KeysMissing(f"{COMMAND} ended with exit code {code}; run it by hand to see why")
    return text


def _read(process: "subprocess.Popen[bytes]") -> bytes:
    """All it says until it ends. Raises KeysMissing when that is too much, or takes too long."""
    assert process.stdout is not None
    until, text = time.monotonic() + COMMAND_SECONDS, b""
    late = KeysMissing(f"{COMMAND} did not end within {COMMAND_SECONDS:g} s; it has to print the key and end")
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, until - time.monotonic())):
                raise late
            portion = os.read(process.stdout.fileno(), MAX_BYTES)
            text += portion
            if len(text) > MAX_BYTES:
                raise KeysMissing(f"{COMMAND} prints more than {MAX_BYTES} bytes; it has to print the key alone")
            if not portion:
                break
    try:
        process.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise late from None
    return text


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.returncode is None:  # not even asked: while it is not reaped, its group is certainly its own
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
