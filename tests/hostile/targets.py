"""Hostile targets of webhooks: every form in which an address of one's own can be written."""

import json
from collections.abc import Iterator
from typing import Any

from hostile.case import Case, request

URLS = (
    "http://example.com/", "https://localhost/", "https://LOCALHOST./", "https://a.localhost/", "https://127.0.0.1/", "https://127.1/",
    "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://0x7f.1/", "https://127.0.0.1.nip.io:22/", "https://0/",
    "https://0.0.0.0/", "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/",
    "https://168.63.129.16/", "https://100.64.0.1/", "https://192.0.2.1/", "https://198.18.0.1/", "https://224.0.0.1/", "https://240.0.0.1/",
    "https://255.255.255.255/", "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::127.0.0.1]/",
    "https://[0:0:0:0:0:ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[2001::1]/", "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/", "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[ff02::1]/", "https://[2001:db8::1]/",
    "https://[::1", "https://::1/", "https://user:pass@example.com/", "https://example.com@127.0.0.1/", "https://example.com#@127.0.0.1/",
    "https://example.com\\@127.0.0.1/", "https://127.0.0.1#.example.com/", "https://example.com:0/", "https://example.com:22/",
    "https://example.com:25/", "https://example.com:65536/", "https://example.com:99999999999/", "https://example.com:-1/", "https://example.com:/",
    "https://intranet/", "https://db.internal/", "https://printer.local/", "https://x.home.arpa/", "https://x.onion/", "https://metadata/",
    "https://１２７.０.０.１/", "https://ⓔxample.com/", "https://exam ple.com/", "https://example.com/\r\nX: y", "https://example.com/\x00",
    "https://example.com/\t", "https:///x", "https://", "//example.com/", "example.com", "ftp://example.com/", "file:///etc/passwd",
    "gopher://example.com/", "javascript:alert(1)", "data:text/plain,x", "unix:///tmp/x", "jar:https://example.com!/", "https:/example.com",
    "https://.example.com/", "https://example..com/", "https://-example.com/", "https://" + "a" * 64 + ".com/", "https://" + "a." * 130 + "com/",
    "https://example.com/" + "x" * 600, "https://127.0.0.1:8080:443/", "https://[127.0.0.1]/", "https://0x7f.0.0.0x1/", "https://1.1.1.1.1/",
    "https://4294967296/", "https://00000177.1/", "", " ", "https://example.com/?a=b#c",
)  # fmt: skip
FORMS: tuple[Any, ...] = ([], {}, None, 5, True, ["https://example.com/"])


def cases() -> Iterator[Case]:
    """All of them."""
    for number, url in enumerate(URLS):
        body = json.dumps({"url": url, "event_types": ["rfq.created"]}).encode()
        yield request(f"target {number}: {url!r:.60}", "/v1/webhook-endpoints", body, expect=frozenset({422}))
    for form in FORMS:
        body = json.dumps({"url": form, "event_types": ["rfq.created"]}).encode()
        yield request(f"target as {form!r}", "/v1/webhook-endpoints", body, expect=frozenset({422}))
    for types in ([], ["no.such"], ["*"], ["rfq.created"] * 1000, [""], "rfq.created", [None], [["rfq.created"]]):
        body = json.dumps({"url": "https://example.com/", "event_types": types}).encode()
        yield request(f"types {types!r:.40}", "/v1/webhook-endpoints", body, expect=frozenset({201, 422}))
