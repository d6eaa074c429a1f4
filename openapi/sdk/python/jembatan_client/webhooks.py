"""Deliveries that this server sent, told from those that somebody else did (Standard Webhooks 1.0)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

from .errors import BadSignature
from .models.event import Event

TOLERANCE_SECONDS = 300


def verify(
    headers: Mapping[str, str],
    body: bytes,
    secrets: str | Iterable[str],
    *,
    tolerance_seconds: float = TOLERANCE_SECONDS,
    now: float | None = None,
) -> Any:
    """The JSON of a delivery; `BadSignature` when it is forged, changed or too old.

    Pass the body as it came, byte by byte, before anything has parsed it. `secrets`: your endpoint's `whsec_…`; while a
    rotation is under way, the old and the new one.
    """
    found = {name.lower(): value for name, value in headers.items()}
    try:
        identifier, stamp = found["webhook-id"], found["webhook-timestamp"]
        offered = found["webhook-signature"].split()
        sent = int(stamp)
    except (KeyError, ValueError):
        raise BadSignature("headers are missing or malformed") from None
    if abs((time.time() if now is None else now) - sent) > tolerance_seconds:
        raise BadSignature("too old, or from the future: it may be a delivery that somebody recorded")
    signed = f"{identifier}.{stamp}.".encode() + body
    wanted = [_signature(secret, signed) for secret in ([secrets] if isinstance(secrets, str) else secrets)]
    if not any(hmac.compare_digest(each.encode(), want.encode()) for each in offered for want in wanted):
        raise BadSignature("no signature fits")
    return json.loads(body)


def verify_event(headers: Mapping[str, str], body: bytes, secrets: str | Iterable[str], **options: Any) -> Event | None:
    """The event of a delivery, verified; None for a test message. Keep its `id`: a delivery may come more than once."""
    document = verify(headers, body, secrets, **options)
    data = document["data"] if "subject_type" not in document else document
    return Event.from_dict(data) if "subject_type" in data else None


def _signature(secret: str, signed: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise BadSignature("the secret is none: it begins with whsec_") from None
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
