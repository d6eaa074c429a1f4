"""Hostile bodies: each a draft RFQ with something wrong in it, or no draft at all."""

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import Any

from hostile.case import TAKEN, Case, request

TARGET = "/v1/rfqs"
LINE = {
    "line_no": 1, "part_number": "P-1", "name": {"id": "Poros"}, "specification": "Turn.", "quantity": "10",
    "unit": "H87",
}  # fmt: skip
ONE = frozenset({422})
BROKEN = frozenset({400, 422})
MANY = 100_000


def draft(**changes: Any) -> bytes:
    """A good draft with changes."""
    return json.dumps({"title": "Shafts", "visibility": "open", "lines": [LINE]} | changes).encode()


def written(member: str, text: str) -> bytes:
    """A good draft in which `member` is written as `text`, JSON or not."""
    whole = json.dumps({"visibility": "open", "lines": [LINE]})
    return f'{whole[:-1]}, "{member}": {text}}}'.encode()


def in_line(member: str, text: str) -> bytes:
    """A good draft in whose line `member` is written as `text`."""
    line = json.dumps({name: value for name, value in LINE.items() if name != member})
    return f'{{"title": "Shafts", "visibility": "open", "lines": [{line[:-1]}, "{member}": {text}}}]}}'.encode()


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _structure()
    yield from _numbers()
    yield from _strings()
    yield from _times()
    yield from _media()


def _structure() -> Iterator[Case]:
    bodies: dict[str, bytes] = {
        "arrays in arrays": b"[" * MANY,
        "objects in objects": b'{"a":' * MANY,
        "arrays in arrays, closed": b"[" * MANY + b"]" * MANY,
        "arrays in a member": written("title", "[" * 50_000 + "]" * 50_000),
        "objects in a line": in_line("name", '{"id":' * 5_000 + '"x"' + "}" * 5_000),
        "a member twice": b'{"title": "a", "title": "b"}',
        "a member twice, once escaped": b'{"title": "a", "titl\\u0065": "b"}',
        "a member of a line twice": in_line("quantity", '"1", "quantity": "2"'),
        "an unknown member": written("no_such", "1"),
        "an unknown member of a line": in_line("no_such", "1"),
        "a member called __proto__": written("__proto__", '{"admin": true}'),
        "a member called __class__": written("__class__", '"Rfq"'),
        "an empty member name": written("", "1"),
        "a NUL in a member name": written("a\\u0000b", "1"),
        "a long member name": written("x" * 500_000, "1"),
        "very many members": b"{" + b",".join(b'"m%d": 1' % number for number in range(70_000)) + b"}",
        "very many lines": b'{"title": "x", "lines": [' + b",".join([b"{}"] * 200_000) + b"]}",
        "truncated": draft()[:-10],
        "truncated in a string": draft()[:12],
        "truncated in an escape": b'{"title": "a\\u00',
        "something behind": draft() + b"x",
        "two documents": draft() + draft(),
        "a comment": b"/* x */" + draft(),
        "single quotes": draft().replace(b'"', b"'"),
        "a comma too many": draft()[:-1] + b",}",
        "a bare word": b"title",
        "nothing": b"",
        "blanks": b"   \r\n\t ",
        "null": b"null",
        "true": b"true",
        "a number": b"1",
        "a string": b'"title"',
        "an array": b"[]",
        "an array of one": b"[" + draft() + b"]",
        "an empty object": b"{}",
        "lines as an object": written("lines", '{"0": {}}'),
        "a line that is null": b'{"title": "x", "lines": [null]}',
        "form data": b"title=Shafts&visibility=open",
        "XML": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "YAML": b"title: !!python/object/apply:os.system ['true']",
        "pickle": b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix.",
        "binary": bytes(range(256)),
    }
    for name, body in bodies.items():
        yield request(f"body: {name}", TARGET, body, expect=BROKEN)
    yield request("body: 1 byte more than is taken", TARGET, b'"' + b"x" * 1024 * 1024, expect=frozenset({413}))
    yield request("body: 8 MB", TARGET, b'{"title": "' + b"x" * 8_000_000 + b'"}', expect=frozenset({413, 0}))
    yield request("body: batch of 17 MB", "/v1/rfqs/batch", b"[" * 17 * 1024 * 1024, expect=frozenset({413, 0}))
    yield request("body: batch of a million brackets", "/v1/rfqs/batch", b"[" * 1_000_000, expect=BROKEN)


def _numbers() -> Iterator[Case]:
    for text in (
        "NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1E+999999999", "1.5", "1.0", "1e0", "-1", "0", "true",
        "null", '"1"', "9" * 40, "9" * 4500, "9223372036854775808", "18446744073709551616", "-9223372036854775809",
        "01", "+1", ".5", "1.", "0x10", "1_0", "[1]", "{}",
    ):  # fmt: skip
        shown = text if len(text) < 30 else f"{text[:3]}… of {len(text)} digits"
        yield request(f"line_no: {shown}", TARGET, in_line("line_no", text), expect=BROKEN)
    for text in (
        "10", "1.5", "true", "null", "[]", '""', '" 1"', '"1 "', '"-1"', '"+1"', '"1e3"', '"1E400"', '"NaN"', '"sNaN"',
        '"Infinity"', '"-0"', '"0x10"', '"1_000"', '"1,5"', '"1."', '".5"', '"00"', '"٣"', '"１０"', '"1\\u0000"',
        f'"{"9" * 60}"', f'"0.{"0" * 60}1"', f'"{"9" * 500_000}"', '"10.123456789"',
    ):  # fmt: skip
        shown = text if len(text) < 30 else f"{text[:4]}… of {len(text)} characters"
        yield request(f"quantity: {shown}", TARGET, in_line("quantity", text), expect=BROKEN)


def _strings() -> Iterator[Case]:
    broken: dict[str, bytes] = {
        "an escaped NUL": written("title", '"a\\u0000b"'),
        "a NUL": written("title", '"a\x00b"'),
        "a control character": written("title", '"a\x01b"'),
        "a newline in a string": written("title", '"a\nb"'),
        "an unknown escape": written("title", '"\\x41"'),
        "a high surrogate alone": written("title", '"a\\ud800b"'),
        "a low surrogate alone": written("title", '"a\\udc00b"'),
        "surrogates the wrong way round": written("title", '"\\udc00\\ud800"'),
        "a surrogate in UTF-8": written("title", '"X"').replace(b"X", b"\xed\xa0\x80"),
        "an overlong NUL": written("title", '"X"').replace(b"X", b"\xc0\x80"),
        "a byte that is no UTF-8": written("title", '"X"').replace(b"X", b"\xff"),
        "UTF-8 cut short": written("title", '"X"').replace(b"X", b"\xe2\x82"),
        "beyond Unicode": written("title", '"X"').replace(b"X", b"\xf4\x90\x80\x80"),
        "UTF-16": draft().decode().encode("utf-16"),
        "UTF-32": draft().decode().encode("utf-32"),
        "a byte order mark": b"\xef\xbb\xbf" + draft(),
        "an empty title": written("title", '""'),
        "a title too long": written("title", f'"{"x" * 300_000}"'),
        "a title that is a number": written("title", "5"),
        "a title that is an object": written("title", '{"$gt": ""}'),
        "a visibility that is not": draft(visibility="everybody"),
    }
    for name, body in broken.items():
        yield request(f"text: {name}", TARGET, body, expect=BROKEN)
    harmless = {
        "SQL": "'); DROP TABLE rfq; --",
        "a format": "%s%n%x {0} {{7*7}} ${jndi:ldap://x/}",
        "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "a path": "../../../../etc/passwd",
        "a spreadsheet formula": "=cmd|' /C calc'!A0",
        "four bytes each": "🔩" * 50,
        "combining characters": "e" + "\u0301" * 150,
    }
    for name, text in harmless.items():
        yield request(f"text: {name}, which is text", TARGET, draft(title=text), expect=frozenset({201}))
    for name, text in {
        "direction override": "a\u202eb",
        "a line separator": "a\u2028b",
        "no character": "\ufffe",
    }.items():
        yield request(f"text: {name}", TARGET, draft(title=text), expect=frozenset({201, 422}))


def _times() -> Iterator[Case]:
    for text in (
        "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "10000-01-01T00:00:00Z",
        "2030-02-30T00:00:00Z", "2030-01-01T24:00:00Z", "2030-01-01T23:59:60Z", "2030-01-01T00:00:00+99:99",
        "2030-01-01T00:00:00", "2030-01-01", "1893456000", "2030-01-01T00:00:00Z\\u0000", "now", "infinity", "",
        "-2030-01-01T00:00:00Z", "2030-W01-1T00:00:00Z", "２０３０-01-01T00:00:00Z", "2030-01-01T00:00:00.0000000001Z",
    ):  # fmt: skip
        yield request(
            f"time: {text}", TARGET, written("quotes_close_at", f'"{text}"'),
            # Some are instants, if far ones: a draft may hold them, and `publishRfq` judges.
            expect=BROKEN,
        )  # fmt: skip
    for text in ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"):
        yield request(
            f"time: {text}", TARGET, json.dumps(json.loads(draft()) | {"quotes_close_at": text}).encode(),
            expect=frozenset({201, 422}),
        )  # fmt: skip
    for text in ("0001-01-01", "9999-12-31", "2030-13-01", "2030-00-00", "20300101", "today"):
        line = LINE | {"schedule": [{"due_on": text, "quantity": "10", "certainty": "firm"}]}
        yield request(f"day: {text}", TARGET, draft(lines=[line]), expect=frozenset({201, 422}))


def _media() -> Iterator[Case]:
    wrong = frozenset({415})
    good = draft()
    for media in (
        "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/jsonp", "application/problem+json", "application/", "/json", "json", "", ";", "application/json,text/plain",
    ):  # fmt: skip
        yield request(f"type: {media!r}", TARGET, good, headers={"content-type": media}, expect=wrong | {400})
    yield request(
        "type: with a control character", TARGET, good, headers={"content-type": "application/json\x0b"},
        expect=wrong | {400}, http=False,
    )  # fmt: skip
    yield request("type: none", TARGET, good, headers={"content-type": None}, expect=wrong)
    yield request(
        "type: two that differ", TARGET, good, headers={"content-type": ["application/json", "text/plain"]},
        expect=frozenset({400, 415}),
    )  # fmt: skip
    for charset in ("utf-16", "latin-1", "utf-7", "x"):
        yield request(
            f"charset: {charset}", TARGET, good, headers={"content-type": f"application/json; charset={charset}"},
            expect=wrong | {400},
        )  # fmt: skip
    yield request(
        "charset: UTF-8, which is right", TARGET, good, headers={"content-type": 'Application/JSON; Charset="UTF-8"'},
        expect=frozenset({201}),
    )  # fmt: skip
    bomb = gzip.compress(b"[" * 50_000_000)
    for coding, body in {
        "gzip": bomb, "x-gzip": bomb, "deflate": zlib.compress(good), "br": good, "zstd": good, "gzip, gzip": bomb,
        "unknown": good, "compress": good,
    }.items():  # fmt: skip
        yield request(f"coding: {coding}", TARGET, body, headers={"content-encoding": coding}, expect=wrong)
    yield request(
        "coding: identity, which is none", TARGET, good, headers={"content-encoding": "identity"},
        expect=TAKEN,
    )  # fmt: skip
