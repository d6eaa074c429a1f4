"""Hostile heads: framing, request lines, header fields, credentials, conditions, ranges."""

from collections.abc import Iterator
from typing import Any

from hostile.bodies import draft
from hostile.case import REFUSED, TAKEN, Case, request

ME, MAKE, OWN = "/v1/me", "/v1/rfqs", "/v1/rfqs/{rfq}"
BROKEN = frozenset({0, *REFUSED})
"""What is no HTTP may be cut off."""
UNKEYED = frozenset({401})
BAD = frozenset({400})
EITHER = TAKEN | REFUSED


def raw(name: str, content: bytes, *, expect: frozenset[int] = BROKEN) -> Case:
    """Bytes that are no request, or hardly one."""
    return Case(name, content, expect, http=False)


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _lines()
    yield from _framing()
    yield from _fields()
    yield from _keys()
    yield from _conditions()
    yield from _negotiation()


AUTH = b"host: x\r\nauthorization: Bearer {buyer}\r\n"


def _lines() -> Iterator[Case]:
    for name, content in {
        "nothing": b"",
        "zero bytes": b"\x00" * 1000,
        "all bytes": bytes(range(256)) * 10,
        "a TLS greeting": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(400),
        "an HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9),
        "HTTP/0.9": b"GET /v1/me\r\n",
        "HTTP/9.9": b"GET /v1/me HTTP/9.9\r\n" + AUTH + b"\r\n",
        "no version": b"GET /v1/me\r\n" + AUTH + b"\r\n",
        "lower-case version": b"GET /v1/me http/1.1\r\n" + AUTH + b"\r\n",
        "two blanks": b"GET  /v1/me  HTTP/1.1\r\n" + AUTH + b"\r\n",
        "a blank in the target": b"GET /v1/ me HTTP/1.1\r\n" + AUTH + b"\r\n",
        "no target": b"GET HTTP/1.1\r\n" + AUTH + b"\r\n",
        "a control character in the target": b"GET /v1/\x01 HTTP/1.1\r\n" + AUTH + b"\r\n",
        "a method with a NUL": b"G\x00T /v1/me HTTP/1.1\r\n" + AUTH + b"\r\n",
        "a long method": b"X" * 100_000 + b" /v1/me HTTP/1.1\r\n" + AUTH + b"\r\n",
        "a target of 100 kB": b"GET /v1/" + b"a" * 100_000 + b" HTTP/1.1\r\n" + AUTH + b"\r\n",
        "a query of 100 kB": b"GET /v1/rfqs?limit=" + b"1" * 100_000 + b" HTTP/1.1\r\n" + AUTH + b"\r\n",
        "CONNECT": b"CONNECT example.com:443 HTTP/1.1\r\n" + AUTH + b"\r\n",
        "an asterisk": b"OPTIONS * HTTP/1.1\r\n" + AUTH + b"\r\n",
        "a bare line feed": b"GET /v1/nothing HTTP/1.1\n" + AUTH.replace(b"\r", b"") + b"\n",
        "a bare carriage return": b"GET /v1/nothing HTTP/1.1\r" + AUTH.replace(b"\n", b"") + b"\r",
        "half a request": b"POST /v1/rfqs HTTP/1.1\r\n" + AUTH[:20],
    }.items():
        yield raw(f"line: {name}", content, expect=BROKEN | {200})
    for target in (
        "/v1//me", "//v1/me", "/v1/me/", "/V1/ME", "/v1/me;a=b", "/v1/./me", "/v1/../v1/nothing", "/v1/%2e%2e/x",
        "/v1/me%00", "/v1/me%0d%0aX:y", "/v1/%zz", "/v1/%", "/v1/%ff%fe", "/v1/%c0%af", "/%2f%2fv1", "/v1\\me",
        "http://example.com/v1/nothing", "/v1/rfqs/..%2f..%2fetc%2fpasswd", "/.git/config", "/v1/rfqs/%252e%252e",
    ):  # fmt: skip
        yield request(f"target: {target}", target, method="GET", expect=frozenset({400, 404}), http=True)
    yield request("target: bytes", b"/v1/\xff\xfe", method="GET", expect=BROKEN, http=False)
    for method in ("get", "TRACE", "FOO", "PROPFIND", "DELETE", "HEAD", "OPTIONS", "PATCH"):
        yield request(f"method: {method}", "/v1/meta/vocabularies", method=method, expect=frozenset({200, 204, 400, 404, 405}), http=method != "HEAD")  # fmt: skip


def _framing() -> Iterator[Case]:
    head = b"POST /v1/rfqs HTTP/1.1\r\n" + AUTH + b"content-type: application/json\r\nidempotency-key: f\r\n"
    body = draft()
    size = str(len(body)).encode()
    for name, fields, content in (
        ("a negative length", b"content-length: -1", body),
        ("a length with a sign", b"content-length: +5", body),
        ("a length in words", b"content-length: ten", body),
        ("no length after the colon", b"content-length:", body),
        ("a hexadecimal length", b"content-length: 0x10", body),
        ("a length of 30 digits", b"content-length: " + b"9" * 30, body),
        ("a length of 2^63", b"content-length: 9223372036854775808", body),
        ("two lengths that differ", b"content-length: 5\r\ncontent-length: " + size, body),
        ("a list of lengths", b"content-length: 5, 6", body),
        ("a length that is too long", b"content-length: 999", body),
        ("a length that is too short", b"content-length: 10", body),
        ("both framings", b"content-length: 4\r\ntransfer-encoding: chunked", b"5\r\nhello\r\n0\r\n\r\n"),
        ("chunked twice", b"transfer-encoding: chunked, chunked", b"0\r\n\r\n"),
        ("chunked, then identity", b"transfer-encoding: chunked, identity", b"0\r\n\r\n"),
        ("gzip as a transfer coding", b"transfer-encoding: gzip, chunked", b"0\r\n\r\n"),
        ("an unknown transfer coding", b"transfer-encoding: xchunked", b"0\r\n\r\n"),
        ("a transfer coding after a vertical tab", b"transfer-encoding: \x0bchunked", b"0\r\n\r\n"),
        ("a chunk size in words", b"transfer-encoding: chunked", b"zz\r\nhello\r\n0\r\n\r\n"),
        ("a negative chunk size", b"transfer-encoding: chunked", b"-5\r\nhello\r\n0\r\n\r\n"),
        ("a chunk size of 20 digits", b"transfer-encoding: chunked", b"f" * 20 + b"\r\nhello\r\n0\r\n\r\n"),
        ("a chunk that is too long", b"transfer-encoding: chunked", b"5\r\nhello world\r\n0\r\n\r\n"),
        ("a chunk that breaks off", b"transfer-encoding: chunked", b"ff\r\nhello"),
        ("a long chunk extension", b"transfer-encoding: chunked", b"5;" + b"x" * 100_000 + b"\r\nhello\r\n0\r\n\r\n"),
        ("very many trailers", b"transfer-encoding: chunked", b"0\r\n" + b"a: b\r\n" * 10_000 + b"\r\n"),
        ("a body that breaks off", b"content-length: " + size, body[:-1]),
        ("very small chunks", b"transfer-encoding: chunked", b"1\r\n[\r\n" * 20_000 + b"0\r\n\r\n"),
    ):  # fmt: skip
        yield raw(f"framing: {name}", head + fields + b"\r\n\r\n" + content)
    yield raw(
        "framing: a second request within the first",
        head + b"content-length: " + size + b"\r\n\r\n" + body + b"GET /v1/me HTTP/1.1\r\n" + AUTH + b"\r\n",
        expect=frozenset({201}),
    )
    yield raw("framing: a body to a read", b"GET /v1/me HTTP/1.1\r\n" + AUTH + b"content-length: 5\r\n\r\nhello", expect=EITHER)  # fmt: skip
    yield raw(
        "framing: chunks without an end", head + b"transfer-encoding: chunked\r\n\r\n" + b"10000\r\n" + b"[" * 65536 + b"\r\n",
    )  # fmt: skip
    yield raw(
        "framing: 2 MB in chunks",
        head + b"transfer-encoding: chunked\r\n\r\n" + (b"10000\r\n" + b"[" * 65536 + b"\r\n") * 32 + b"0\r\n\r\n",
        expect=frozenset({413, 0}),
    )


def _fields() -> Iterator[Case]:
    line = b"GET /v1/me HTTP/1.1\r\n"
    for name, fields in {
        "10,000 fields": b"".join(b"x-%d: y\r\n" % number for number in range(10_000)),
        "300 fields": b"".join(b"x-%d: y\r\n" % number for number in range(300)),
        "a value of 1 MB": b"x: " + b"y" * 1_000_000 + b"\r\n",
        "a name of 100 kB": b"x" * 100_000 + b": y\r\n",
        "no colon": b"xyz\r\n",
        "no name": b": y\r\n",
        "a blank before the colon": b"x : y\r\n",
        "a folded line": b"x: y\r\n z\r\n",
        "a NUL in a value": b"x: a\x00b\r\n",
        "a line feed in a value": b"x: a\nb: c\r\n",
        "a carriage return in a value": b"x: a\rb\r\n",
        "bytes in a name": b"x\xff: y\r\n",
        "a control character in a name": b"x\x01: y\r\n",
        "two hosts": b"host: a\r\nhost: b\r\n",
        "a host with a path": b"host: a/b\r\n",
        "a host of bytes": b"host: \xff\r\n",
        "an expectation": b"expect: 100-continue\r\n",
        "an unknown expectation": b"expect: the-worst\r\n",
        "an upgrade": b"connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n",
        "a websocket": b"connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: eA==\r\n",
        "an odd connection": b"connection: authorization, close, x\r\n",
    }.items():
        yield raw(f"field: {name}", line + AUTH + fields + b"\r\n", expect=BROKEN | {200})
    yield raw("field: no host", line + AUTH[9:] + b"\r\n", expect=BROKEN | {200})
    values: tuple[bytes, ...] = (b"\xff\xfe", "é".encode(), b"," * 8000, b";" * 8000, b'"', b"\\", b"%00", b"\t", b"=")
    for field in ("accept", "accept-language", "accept-encoding", "traceparent", "tracestate", "user-agent", "prefer",
                  "if-none-match", "if-modified-since", "cookie", "forwarded", "x-forwarded-for", "x-forwarded-proto",
                  "x-request-id", "x-http-method-override", "origin", "referer"):  # fmt: skip
        for place, value in enumerate(values):
            yield request(f"value {place} of {field}", ME, method="GET", headers={field: value}, expect=EITHER)


def _keys() -> Iterator[Case]:
    value: Any
    b64 = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."
    for name, value in {
        "none": None, "empty": "", "no scheme": "{buyer}", "another scheme": "Basic eDp5", "only the scheme": "Bearer",
        "blanks": "Bearer      ", "of another form": "Bearer x", "of 8 kB": "Bearer " + "x" * 8000, "cut": "Bearer jbt_",
        "bytes": b"Bearer \xff\xfe", "letters with accents": "Bearer é",
        "a comma between two": "Bearer {buyer}, Bearer x", "a token of nothing": "Bearer ..", "an unsigned token": f"Bearer {b64}",
        "a token that is no base64": "Bearer !.!.!", "a token of 8 kB": "Bearer " + "x." * 2 + "x" * 8000,
        "a token of many parts": "Bearer " + "a." * 3000, "a NUL in percents": "Bearer jbt_%00", "quotes": 'Bearer "{buyer}"',
        "a key of nobody": "Bearer jbt_CumMpdv2V0E7GRgAqG3UKoahwbq85VRxrHAtCOI41enArt",
        "a token whose kid is a path": "Bearer eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uLy4uL2V0Yy9wYXNzd2QifQ.e30.AA",
        "a token whose head is a number": "Bearer NQ.e30.AA", "a token whose head nests": "Bearer " + "W1tb" * 1000 + ".e30.AA",
    }.items():  # fmt: skip
        sent: Any = {"authorization": value}
        yield request(f"key: {name}", ME, method="GET", headers=sent, expect=UNKEYED)
    body = draft()
    for name, value in {
        "empty": "", "blanks": "   ", "empty quotes": '""', "256 characters": "x" * 256, "8 kB": "x" * 8000,
        "a tab within": "a\tb", "bytes": b"\xff", "letters with accents": "é", "two": ["a", "b"],
    }.items():  # fmt: skip
        keyed: Any = {"idempotency-key": value}
        yield request(f"idempotency key: {name}", MAKE, body, headers=keyed, expect=BAD)
    for name, value in {"a quote": '"', "255 characters": "y" * 255, "SQL": "'; --", "percents": "%0d%0aX: y"}.items():
        keyed = {"idempotency-key": value}
        yield request(f"idempotency key: {name}, which is one", MAKE, body, headers=keyed, expect=frozenset({201, 422}))


def _conditions() -> Iterator[Case]:
    value: Any
    body = b'{"title": "Axles"}'
    for name, value in {
        "none": None, "empty": "", "without quotes": "1", "weak": 'W/"1"', "one quote": '"', "a list without quotes": "1, 2",
        "bytes": b"\xff", "letters": "abc", "a comma": ",",
    }.items():  # fmt: skip
        sent: Any = {"if-match": value}
        yield request(f"if-match: {name}", OWN, body, method="PATCH", headers=sent, expect=frozenset({400, 412, 428}))
    for name, value in {
        "empty quotes": '""', "negative": '"-1"', "of 20 digits": '"99999999999999999999"', "superscript": b'"\xb2"',
        "a list of 1,000": ", ".join(f'"{n}"' for n in range(10_000, 11_000)), "0": '"0"', "1.0": '"1.0"',
        "two fields": ['"77"', '"78"'], "a blank in it": '" 1 "',
    }.items():  # fmt: skip
        stale: Any = {"if-match": value}
        yield request(f"if-match: {name}", OWN, body, method="PATCH", headers=stale, expect=frozenset({412}))
    for name, value in {
        "of nothing": "bytes=", "of no length": "bytes=-0", "backwards": "bytes=5-1", "of 20 digits": "bytes=0-" + "9" * 20,
        "of 15 digits": "bytes=999999999999999-", "of another unit": "items=0-1", "of three parts": "bytes=0-0,2-2,4-4",
        "of 1,000 parts": "bytes=" + ",".join(f"{n}-{n}" for n in range(1000)), "in letters": "bytes=a-b",
        "with two signs": "bytes=--1", "superscript": b"bytes=\xb2-\xb3", "bytes": b"\xff",
    }.items():  # fmt: skip
        ranged: Any = {"range": value}
        yield request(f"range: {name}", "/v1/files/{file}/content", method="GET", headers=ranged, expect=frozenset({200, 206, 416}))  # fmt: skip
    for field, twice in {
        "range": ["bytes=0-0", "bytes=1-1"], "content-encoding": ["identity", "identity"], "authorization": ["Bearer {buyer}"] * 2,
        "idempotency-key": ["a", "a"], "upload-length": ["5", "6"], "tus-resumable": ["1.0.0", "1.0.0"],
    }.items():  # fmt: skip
        yield request(f"twice: {field}", MAKE, draft(), headers={field: twice}, expect=BAD)
    for name, value in {
        "bytes": b"\xff",
        "a word": "x",
        "of 8 kB": '"' + "x" * 8000 + '"',
        "a date": "Tue, 99 Foo 0000",
    }.items():
        if_range: Any = {"range": "bytes=0-1", "if-range": value}
        yield request(f"if-range: {name}", "/v1/files/{file}/content", method="GET", headers=if_range, expect=TAKEN)
    for name, value in {
        "a word": "x", "bytes": b"\xff", "negative": "-1_-1", "of 8 kB": "x" * 8000, "a cursor of nothing": "bnVsbA",
    }.items():  # fmt: skip
        last: Any = {"last-event-id": value, "accept": "text/event-stream"}
        yield request(f"last-event-id: {name}", "/v1/events/stream", method="GET", headers=last, expect=BAD)
    tus = {"tus-resumable": "1.0.0", "upload-length": "5", "upload-metadata": "filename YS5wZGY=", "content-type": None}
    for field, value in (
        ("tus-resumable", "0.2.0"), ("tus-resumable", ""), ("tus-resumable", None), ("upload-length", "-1"), ("upload-length", "x"),
        ("upload-length", ""), ("upload-length", None), ("upload-length", "9" * 30), ("upload-length", "0"), ("upload-length", b"\xb2"),
        ("upload-length", "600000000000"), ("upload-metadata", ""), ("upload-metadata", "filename"), ("upload-metadata", "filename !!!"),
        ("upload-metadata", "filename /w=="), ("upload-metadata", "filename Li4vYS5wZGY="), ("upload-metadata", "x" * 5000),
        ("upload-metadata", "filename YS5leGU="), ("upload-metadata", "filename YQBiLnBkZg=="), ("upload-metadata", b"\xff"),
    ):  # fmt: skip
        begun: Any = {**tus, field: value}
        yield request(f"{field}: {value!r:.40}", "/v1/uploads", headers=begun)


def _negotiation() -> Iterator[Case]:
    for value in (
        "text/html",
        "image/*",
        "application/json;q=0",
        "x",
        "/",
        "application/json; q=nan, text/html",
        "*/json",
    ):
        yield request(f"accept: {value}", ME, method="GET", headers={"accept": value}, expect=frozenset({200, 406}))
    for value in ("gzip;q=x", "*;q=0", "identity;q=0", "gzip, gzip, gzip", "br;q=1.0000000000", "zstd"):
        yield request(f"accept-encoding: {value}", "/v1/meta/state-machines", method="GET", headers={"accept-encoding": value}, expect=frozenset({200, 406}))  # fmt: skip
    for value in (
        "en;q=x",
        "x-" * 2000,
        "*",
        "id;q=-1, en;q=2",
        "zz-ZZ-" + "a" * 4000,
        "en;q=1e400",
        "en;q=nan, id;q=inf",
    ):
        yield request(f"accept-language: {value:.30}", "/v1/nothing", method="GET", headers={"accept-language": value}, expect=frozenset({404}))  # fmt: skip
