"""The files that `jembatan verify-opening` reads, as they are written, and how bytes become them. Pure.

Instants and hashes stay text: what is hashed is the text, and one that is malformed shall be named, not just refused.
"""

import json
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from domain.openings.model import MAX_EVENTS
from domain.openings.proof import FORMAT
from domain.sealing import canonical

MAX_BUNDLE = 96 * 1024 * 1024
MAX_RECEIPT = 1024 * 1024
"""Bytes of a file."""
MAX_DIGITS = 18

T = TypeVar("T")
Short = Annotated[str, Meta(max_length=80)]
Name = Annotated[str, Meta(max_length=200)]
Number = Annotated[int, Meta(ge=0, le=2**53)]


class MalformedFile(Exception):
    """The file is not what it should be; the message says where."""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every member is there and there is no other: nothing in the file goes unchecked."""


class ApprovalFile(_File, frozen=True, kw_only=True):
    """`model.Approval` in the file."""

    name: Name
    identity: Short
    at: Short


class HeaderFile(_File, frozen=True, kw_only=True):
    """`model.Header` in the file."""

    rfq_id: Short
    round: Number
    quotes_close_at: Short
    closed_at: Short
    opened_at: Short
    quorum: Number
    approvals: Annotated[tuple[ApprovalFile, ...], Meta(max_length=10)]
    quotes: Number
    submissions: Number
    left_out_quotes: Number
    left_out_submissions: Number
    early_attempts: Number


class EntryFile(_File, frozen=True, kw_only=True):
    """`model.Entry` in the file."""

    quote: Short
    number: Number
    submitted_at: Short
    commitment: Short
    state: Short
    leaf: Short
    quote_id: Short | None
    content: dict[str, Any] | None
    nonce: Short | None


class EventFile(_File, frozen=True, kw_only=True):
    """`model.ChainEvent` in the file."""

    previous_hash: Short | None
    leaf: Short
    hash: Short
    shown: dict[str, Any] | None
    private: dict[str, Any] | None
    private_salt: Short | None
    private_digest: Short | None
    hidden_digest: Short | None


class ChainFile(_File, frozen=True, kw_only=True):
    """`model.Chain` in the file."""

    subject_id: Short
    events: Annotated[list[EventFile], Meta(max_length=MAX_EVENTS)]


class BundleFile(_File, frozen=True, kw_only=True):
    """A whole bundle."""

    format: Literal["jembatan.opening/1"]
    root: Short
    header: HeaderFile
    header_leaf: Short
    entries: Annotated[list[EntryFile], Meta(max_length=100_000)]
    chains: Annotated[list[ChainFile], Meta(max_length=100_000)]


class ReceiptFile(msgspec.Struct, frozen=True, kw_only=True):
    """An item of `list_quote_receipts`. Later releases may add members."""

    rfq_id: Short
    round: Number
    quote_id: Short
    submitted_version: Number
    submitted_at: Short
    commitment: Short
    nonce: Short


class _ReceiptPage(msgspec.Struct, frozen=True, kw_only=True):
    items: Annotated[list[ReceiptFile], Meta(min_length=1, max_length=1000)]


def read_bundle(content: bytes) -> BundleFile:
    """A bundle. Raises MalformedFile."""
    value = _json(content, MAX_BUNDLE)
    if isinstance(value, dict) and value.get("format") != FORMAT:
        raise MalformedFile(f'it is not an opening bundle of the format "{FORMAT}"')
    return _convert(value, BundleFile)


def read_receipts(content: bytes) -> list[ReceiptFile]:
    """One receipt, or a page of them as the API lists them. Raises MalformedFile."""
    value = _json(content, MAX_RECEIPT)
    if isinstance(value, dict) and "items" in value:
        return _convert(value, _ReceiptPage).items
    return [_convert(value, ReceiptFile)]


def _json(content: bytes, limit: int) -> Any:
    if len(content) > limit:
        raise MalformedFile(f"it is larger than {limit // 1024 // 1024} MiB")
    try:
        value = json.loads(
            content.decode(),
            object_pairs_hook=_once,
            parse_constant=_no_constant,
            parse_float=_no_float,
            parse_int=_small,
        )
        canonical(value)  # half of a character, which Python reads and nobody can hash
    except UnicodeDecodeError as error:
        raise MalformedFile(f"byte {error.start} is not UTF-8") from error
    except UnicodeEncodeError as error:
        raise MalformedFile("a text holds half of a character") from error
    except RecursionError as error:
        raise MalformedFile("it is nested too deeply") from error
    except ValueError as error:
        raise MalformedFile(f"it is not JSON: {error}"[:300]) from error
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two members with one name a reader might see the first and a program check the last."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedFile("a member appears twice in one object")
    return members


def _no_constant(name: str) -> None:
    raise MalformedFile(f"{name} is not JSON")


def _no_float(text: str) -> None:
    raise MalformedFile(f"{text[:40]}: numbers are whole, decimals are strings")


def _small(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise MalformedFile(f"{text[:40]}: a number of more than {MAX_DIGITS} digits")
    return int(text)


def _convert(value: Any, type_: type[T]) -> T:
    try:
        return msgspec.convert(value, type_)
    except msgspec.ValidationError as error:
        raise MalformedFile(str(error)[:300]) from error
