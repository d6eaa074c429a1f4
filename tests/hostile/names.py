"""Hostile ids, queries, cursors and forms."""

import base64
import json
from collections.abc import Iterator
from urllib.parse import quote

from hostile.bodies import draft
from hostile.case import Case, request

NONE = frozenset({404})
BAD = frozenset({400})
PLACES = (
    "/v1/rfqs/{}", "/v1/quotes/{}", "/v1/awards/{}", "/v1/orders/{}", "/v1/files/{}/content", "/v1/uploads/{}",
    "/v1/orders/{}/invoices/{}", "/v1/organisations/{}/scorecard", "/v1/webhook-endpoints/{}/deliveries",
)  # fmt: skip
HARMLESS = {"limit=1e1", "limit=1.0", "limit=+1", "state=", "state=nothing"}
"""Numbers written in another way, and states that nothing is in."""
LISTS = (
    "/v1/rfqs",
    "/v1/quotes",
    "/v1/events",
    "/v1/credentials",
    "/v1/webhook-endpoints",
    "/v1/orders",
    "/v1/invoices",
)


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _ids()
    yield from _queries()
    yield from _cursors()
    yield from _forms()


def _ids() -> Iterator[Case]:
    zero = "0" * 32
    for name, text in {
        "not an id": "x", "empty prefix": f"_{zero}", "a bare UUID": "0193e7c2-0000-7000-8000-000000000000",
        "of another kind": f"evt_{zero}", "upper case": f"RFQ_{zero}", "upper-case digits": "rfq_" + "A" * 32,
        "in braces": "%7B0193e7c2-0000-7000-8000-000000000000%7D", "31 digits": f"rfq_{zero[1:]}", "33 digits": f"rfq_{zero}0",
        "Unicode digits": "rfq_" + quote("٠" * 32), "full-width digits": "rfq_" + quote("０" * 32), "a newline behind": f"rfq_{zero}%0a",
        "a NUL": f"rfq_{zero[1:]}%00", "a blank before": f"%20rfq_{zero}", "SQL": "rfq_%27%20OR%201=1--", "of 3 kB": "a" * 3000,
        "bytes that are no UTF-8": "rfq_%ff%fe", "a wildcard": "%25", "null": "null", "a number": "1", "a list": "[1]",
        "a surrogate": "%ed%a0%80", "a path": "..%2f..%2frfqs", "all ones": "rfq_" + "f" * 32,
    }.items():  # fmt: skip
        for place in PLACES[:4] if name not in {"SQL", "a NUL", "bytes that are no UTF-8"} else PLACES:
            path = place.replace("{}", text)
            yield request(f"id {name}: {path:.50}", path, method="GET", expect=NONE | BAD)
    for number in ("0", "-1", "99999999999999999999", "1.5", "x", "%D9%A1", "1e1", "%00"):
        path = f"/v1/orders/ord_{zero}/lines/{number}/inspection-plan"
        yield request(f"id line {number}", path, method="GET", expect=NONE | BAD)
    for reference in ("%00", "a" * 500, "%ff", "%E2%80%AE", "%20", "a%0Ab", "%F0%9F%94%A9" * 200):
        yield request(
            f"reference {reference:.12}", f"/v1/rfqs/by-reference/{reference}", draft(), method="PUT",
            expect=frozenset({404} if reference in {"%00", "%ff"} else {201, 400, 404, 422}),
        )  # fmt: skip
    for name in ("..", "%2e%2e", "units%00", "processes.json", "a" * 300, "%ff", "..%2fdata"):
        yield request(f"vocabulary {name:.20}", f"/v1/meta/vocabularies/{name}", method="GET", expect=NONE | BAD)


def _queries() -> Iterator[Case]:
    for query in (
        "limit=0", "limit=-1", "limit=101", "limit=1e1", "limit=1.0", "limit=x", "limit=", "limit=" + "9" * 400, "limit=٥",
        "limit=1&limit=2", "limit[]=1", "limit[$gt]=1", "LIMIT=1", "no_such=1", "state=", "state=nothing", "state=%00", "state=%ff",
        "after=", "a" * 5000, "=1", "&&&&=&", "limit=1;after=x", "limit=%31%00", "%6cimit=0", "after=" + "x" * 5000,
        "state=open&state=%27%20OR%201=1", "limit=true", "limit=1%0a", "limit=+1", "%ff=1", "lim%00it=1", "%",
    ):  # fmt: skip
        harmless = query in HARMLESS
        yield request(
            f"query {query:.40}", f"/v1/rfqs?{quote(query, safe='=&%[]$+;')}", method="GET",
            expect=frozenset({200, 400}) if harmless else BAD,
        )  # fmt: skip
    for path in (
        "/v1/meta/sampling-plans?lot_size=99999999999999999999&aql=1.0", "/v1/meta/sampling-plans?lot_size=0&aql=1.0",
        "/v1/meta/sampling-plans?lot_size=10&aql=NaN", "/v1/meta/sampling-plans?lot_size=10&aql=1e400",
        "/v1/reports/import-substitution?from=x", "/v1/events?types=%00", "/v1/events?types=" + "a," * 3000,
        "/v1/events?subject=%ff", "/v1/events?subject=rfq_x", "/v1/orders/ord_x/lot-history?lot=" + "x" * 5000,
    ):  # fmt: skip
        yield request(f"query of {path:.60}", path, method="GET", expect=NONE | BAD | {422})


def _cursor(*place: object, digest: str = "{digest}") -> str:
    return base64.urlsafe_b64encode(json.dumps([digest, list(place)]).encode()).rstrip(b"=").decode()


def _cursors() -> Iterator[Case]:
    for name, text in {
        "not base64": "!!!!", "empty JSON": "e30", "null": "bnVsbA", "a number": "MQ", "cut": "WyJ4", "bytes": "__79",
        "of another list": _cursor("rfq_" + "0" * 32, digest="0" * 16), "nested": "W1tbW1tbW1tbW1tbW1tb", "of 600": "A" * 600,
        "of 601": "A" * 601, "with a newline": "e30%0A", "with a NUL": "e30%00", "padded": "e30=", "of other digits": "٠٠٠٠",
    }.items():  # fmt: skip
        for path in LISTS:
            yield request(f"cursor {name}: {path}", f"{path}?after={quote(text, safe='%=')}", method="GET", expect=BAD)


def _forms() -> Iterator[Case]:
    good = "grant_type=client_credentials&client_id=x&client_secret=y"
    media = "application/x-www-form-urlencoded"
    for name, body in {
        "nothing": b"", "no grant": b"client_id=x&client_secret=y", "another grant": b"grant_type=password&username=a&password=b",
        "a member twice": f"{good}&client_id=z".encode(), "unknown members": f"{good}&a=b".encode(), "bytes": b"grant_type=\xff\xfe",
        "a NUL": b"grant_type=client_credentials&client_id=%00&client_secret=y", "JSON": b'{"grant_type": "client_credentials"}',
        "surrogates": b"grant_type=client_credentials&client_id=%ed%a0%80&client_secret=y", "100,000 members": b"a=b&" * 100_000,
        "a long secret": f"{good}{'y' * 500_000}".encode(), "many signs": b"&" * 500_000, "a wildcard": good.replace("x", "%25").encode(),
        "a scope of nothing": f"{good}&scope=%00".encode(), "percents": b"%" * 10_000,
    }.items():  # fmt: skip
        headers = {"content-type": media, "authorization": None, "idempotency-key": None}
        yield request(f"form: {name}", "/v1/oauth/token", body, headers=headers, expect=frozenset({400, 401, 413}))
    for value in ("Basic", "Basic !!!", "Basic Og==", "Basic /////w==", "Basic " + "A" * 50_000, "Basic AAA6AAA="):
        headers = {"content-type": media, "authorization": value, "idempotency-key": None}
        yield request(
            f"form with {value:.20}", "/v1/oauth/token", b"grant_type=client_credentials", headers=headers,
            expect=frozenset({400, 401}),
        )  # fmt: skip
