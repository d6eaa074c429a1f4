"""Bodies are decoded exactly or refused, with every fault at its place and a sentence that says what to do."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

import httpx
import msgspec
import pytest
from litestar import Litestar, Request, Response, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody, URLEncodedBody
from msgspec import UNSET, Meta, UnsetType

from api.refusals import UnsupportedMediaType
from api.strict import BodyRefused, StrictBody, StrictRequest
from api.strict.decode import EXPLAIN_LIMIT
from api.wire import Code, Day, DecimalText, In, OpenEnum, Positive, Text40, Text80, Timestamp

DECIMAL = 'Send decimals as strings with at most 14 digits before the point and 6 behind it, for example "12500.0000".'
INSTANT = 'Send an RFC 3339 instant with a zone, for example "2026-11-24T09:30:00Z".'


class Unit(OpenEnum):
    """In what a line is counted."""

    PCE = "pce"
    KGM = "kgm"


class Turning(In, tag_field="kind", tag="turning"):
    """A turned part."""

    diameter: DecimalText


class Casting(In, tag_field="kind", tag="casting"):
    """A cast part."""

    alloy: Code


class Line(In):
    """One line."""

    no: Positive
    quantity: DecimalText
    unit: Unit = Unit.PCE
    spec: Annotated[Turning | Casting, Meta(title="Spec")] | None = None
    due: Day | None = None
    level: Literal["low", "high"] | None = None


class Rfq(In):
    """A body with everything in it."""

    title: Text80
    lines: Annotated[list[Line], Meta(max_length=200)] = []
    closes_at: Timestamp | None = None
    note: Text40 | None | UnsetType = UNSET
    labels: Annotated[dict[Annotated[str, Meta(max_length=5)], Text40], Meta(max_length=3)] = {}


class Grant(In):
    """A form."""

    grant_type: Literal["client_credentials"]
    minutes: Positive = 5


class Tree(In):
    """A body without an end of its own."""

    inner: "Tree | None" = None


@post("/rfqs")
async def create_rfq(data: JSONBody[Rfq]) -> dict[str, Any]:
    return {"title": data.title, "lines": len(data.lines), "note_sent": data.note is not UNSET}


@post("/optional")
async def create_optional(data: JSONBody[Rfq | None] = None) -> dict[str, Any]:
    return {"sent": data is not None}


@post("/trees")
async def create_tree(data: JSONBody[Tree]) -> dict[str, Any]:
    return {"inner": data.inner is not None}


@post("/forms")
async def create_form(data: URLEncodedBody[Grant]) -> dict[str, Any]:
    return {"minutes": data.minutes}


@post("/bare")
async def create_bare() -> dict[str, Any]:
    return {}


HANDLERS: tuple[HTTPRouteHandler, ...] = (create_rfq, create_optional, create_tree, create_form, create_bare)


def answer_refused(_: Request[Any, Any, Any], error: BodyRefused) -> Response[dict[str, Any]]:
    errors = [list(fault) for fault in error.errors]
    return Response({"detail": error.detail, "errors": errors}, status_code=error.status)


def answer_media(_: Request[Any, Any, Any], error: UnsupportedMediaType) -> Response[dict[str, Any]]:
    return Response({"detail": error.detail}, status_code=415)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    app = Litestar(
        list(HANDLERS),
        dto=StrictBody,
        return_dto=None,
        request_class=StrictRequest,
        openapi_config=None,
        exception_handlers={BodyRefused: answer_refused, UnsupportedMediaType: answer_media},
    )
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)  # type: ignore[arg-type]  # TypedDicts
    async with httpx.AsyncClient(transport=transport, base_url="http://toy") as client:
        yield client


async def send(http: httpx.AsyncClient, body: object, path: str = "/rfqs") -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await http.post(path, content=content, headers={"content-type": "application/json"})


async def refused(http: httpx.AsyncClient, body: object, path: str = "/rfqs") -> tuple[int, str, dict[str, str]]:
    response = await send(http, body, path)
    assert response.status_code in (400, 422), response.text
    return response.status_code, response.json()["detail"], dict(response.json()["errors"])


async def fault(http: httpx.AsyncClient, body: object) -> tuple[str, str]:
    status, _, faults = await refused(http, body)
    assert (status, len(faults)) == (422, 1), faults
    return next(iter(faults.items()))


def line(**members: object) -> dict[str, object]:
    return {"title": "Shaft", "lines": [{"no": 1, "quantity": "5", **members}]}


async def test_a_good_body_is_decoded(http: httpx.AsyncClient) -> None:
    body = {
        **line(
            quantity="12500.000000",
            spec={"kind": "turning", "diameter": "-0.5"},
            due="2026-12-01",
            level="low",
        ),
        "closes_at": "2026-11-24T09:30:00+07:00",
        "note": None,
        "labels": {"a/b": "ü"},
    }
    response = await send(http, body)
    assert (response.status_code, response.json()) == (201, {"title": "Shaft", "lines": 1, "note_sent": True})
    assert (await send(http, {"title": "Shaft"})).json()["note_sent"] is False


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=UTF-8"])
async def test_json_is_taken_under_its_own_name(http: httpx.AsyncClient, content_type: str) -> None:
    response = await http.post("/rfqs", content=b'{"title":"x"}', headers={"content-type": content_type})
    assert response.status_code == 201


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=latin-1"],
)
async def test_json_under_another_name_is_refused(http: httpx.AsyncClient, content_type: str) -> None:
    response = await http.post("/rfqs", content=b'{"title":"x"}', headers={"content-type": content_type})
    assert (response.status_code, response.json()["detail"]) == (
        *(415, "Send the body as UTF-8 with `Content-Type: application/json`."),
    )


@pytest.mark.parametrize(
    ("members", "place", "sentence"),
    [
        ({"no": "1"}, "/lines/0/no", "Send an integer, not a string."),
        ({"no": True}, "/lines/0/no", "Send an integer, not a boolean."),
        ({"no": 1.0}, "/lines/0/no", "Send an integer, not a number with a fraction."),
        ({"no": 0}, "/lines/0/no", "Send a number that is at least 1."),
        ({"no": 10**30}, "/lines/0/no", "Send a number that is at most 1000000000."),
        ({"quantity": 5}, "/lines/0/quantity", DECIMAL),
        ({"quantity": 1.1}, "/lines/0/quantity", DECIMAL),
        ({"quantity": "1,5"}, "/lines/0/quantity", DECIMAL),
        ({"quantity": "1e5"}, "/lines/0/quantity", DECIMAL),
        ({"quantity": "NaN"}, "/lines/0/quantity", DECIMAL),
        ({"quantity": "5\n"}, "/lines/0/quantity", DECIMAL),
        ({"quantity": "1" * 23}, "/lines/0/quantity", DECIMAL),
        ({"unit": "PCE"}, "/lines/0/unit", "Send one of: pce, kgm."),
        ({"level": "mid"}, "/lines/0/level", "Send one of: low, high."),
        ({"spec": {"kind": "milling"}}, "/lines/0/spec/kind", "Send one of: turning, casting."),
        ({"spec": {"alloy": "x"}}, "/lines/0/spec/kind", "This member is required. Add it."),
        ({"spec": {"kind": "casting"}}, "/lines/0/spec/alloy", "This member is required. Add it."),
        (
            {"spec": {"kind": "casting", "alloy": "Al Si"}},
            "/lines/0/spec/alloy",
            'Send text that matches ^[a-z][a-z0-9_]*$, for example "turning_cnc".',
        ),
        ({"due": "1.12.2026"}, "/lines/0/due", 'Send a calendar day, for example "2026-11-24".'),
        ({"weight": "1"}, "/lines/0/weight", "There is no such member here. Remove it."),
        ({"quantitty": "1"}, "/lines/0/quantitty", "There is no such member here. Did you mean `quantity`?"),
    ],
)
async def test_each_fault_has_a_pointer_and_says_what_to_do(
    http: httpx.AsyncClient, members: dict[str, object], place: str, sentence: str
) -> None:
    assert await fault(http, line(**members)) == (place, sentence)


@pytest.mark.parametrize(
    ("body", "place", "sentence"),
    [
        ({}, "/title", "This member is required. Add it."),
        ({"title": ""}, "/title", "Send at least 1 character."),
        ({"title": "x" * 81}, "/title", "Send at most 80 characters."),
        ({"title": "x", "lines": {}}, "/lines", "Send an array, not an object."),
        ({"title": "x", "lines": [7]}, "/lines/0", "Send an object, not an integer."),
        ({"title": "x", "closes_at": "2026-11-24T09:30:00"}, "/closes_at", INSTANT),
        ({"title": "x", "closes_at": "24 Nov"}, "/closes_at", INSTANT),
        ({"title": "x", "labels": {"a/b~c": ""}}, "/labels/a~1b~0c", "Send at least 1 character."),
        ({"title": "x", "labels": {"toolong": "x"}}, "/labels/toolong", "Send at most 5 characters."),
        ({"title": "x", "labels": {str(n): "x" for n in range(4)}}, "/labels", "Send at most 3 members."),
        ([], "", "Send an object, not an array."),
        ("x", "", "Send an object, not a string."),
        (None, "", "Send an object, not null."),
    ],
)
async def test_faults_of_the_whole(http: httpx.AsyncClient, body: object, place: str, sentence: str) -> None:
    assert await fault(http, body) == (place, sentence)


async def test_all_faults_are_told_at_once(http: httpx.AsyncClient) -> None:
    body = {
        "title": 1,
        "lines": [{"no": 1, "quantity": "x", "unit": "?"}, {"no": 2, "quantity": "1"}, {"quantity": 3}],
        "extra": 1,
    }
    status, detail, faults = await refused(http, body)
    assert (status, detail) == (422, "The body is wrong in 6 places; `errors` says what to do at each.")
    assert set(faults) == {
        *("/title", "/lines/0/quantity", "/lines/0/unit", "/lines/2/no", "/lines/2/quantity", "/extra"),
    }


async def test_no_more_than_fifty_faults_are_told(http: httpx.AsyncClient) -> None:
    _, _, faults = await refused(http, {"title": "x", "lines": [{"no": 0, "quantity": "1"}] * 100})
    assert len(faults) == 50
    _, _, faults = await refused(http, {"title": "x", **{f"extra_{n}": n for n in range(100)}})
    assert len(faults) == 50


async def test_of_a_large_body_the_first_fault_is_told(http: httpx.AsyncClient) -> None:
    body = {**line(quantity=5), "note": "x" * EXPLAIN_LIMIT}
    assert await fault(http, body) == ("/lines/0/quantity", DECIMAL)
    body = {**line(unit="?"), "note": "x" * EXPLAIN_LIMIT}
    assert await fault(http, body) == ("/lines/0/unit", "Send one of: pce, kgm.")
    body = {"title": "x", "labels": {"toolong": "x"}, "note": "x" * EXPLAIN_LIMIT}
    assert await fault(http, body) == ("/labels", "Send at most 5 characters.")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"{", "Expecting property name enclosed in double quotes at line 1, column 2"),
        (b'{"title":"x",}', "Expecting property name enclosed in double quotes at line 1, column 14"),
        (b'{"title":"x"}\n}', "Extra data at line 2, column 1"),
        (b'{"title":"a\x00b"}', "Invalid control character"),
        (b'{"title":"x","note":NaN}', "there is no NaN in it"),
        (b'{"title":"x","note":-Infinity}', "there is no -Infinity in it"),
        (b'{"title":5, "note":}', "Expecting value at line 1, column 20"),
        (b'\xef\xbb\xbf{"title":"x"}', "Unexpected UTF-8 BOM"),
        (b'{"title":"\xff"}', "not UTF-8: see byte 10"),
        (b'{"title":"\xed\xa0\x80"}', "not UTF-8: see byte 10"),
        (b'{"title":"x","lines":[{"no":' + b"1" * 5000 + b"}]}", "JSON that can be read exactly"),
    ],
)
async def test_what_is_not_json_is_malformed(http: httpx.AsyncClient, body: bytes, detail: str) -> None:
    status, told, _ = await refused(http, body)
    assert status == 400
    assert detail in told


@pytest.mark.parametrize("path", ["/rfqs", "/trees"])
async def test_nesting_without_end_is_malformed_and_no_crash(http: httpx.AsyncClient, path: str) -> None:
    for body in (b"[" * 100_000, b'{"inner":' * 20_000 + b"null" + b"}" * 20_000):
        status, detail, _ = await refused(http, body, path)
        assert (status, detail) == (400, "The body is nested too deeply.")


async def test_nesting_near_the_limit_is_no_crash(http: httpx.AsyncClient) -> None:
    for depth in range(100, 1100, 50):
        body = b'{"inner":' * depth + b'{"inner":null}' + b"}" * depth
        assert (await send(http, body, "/trees")).status_code in (201, 400)
        assert (await send(http, body.replace(b"null", b'"\\ud800"'), "/trees")).status_code == 400
        assert (await send(http, body.replace(b"null", b"7"), "/trees")).status_code in (400, 422)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"title":"x","title":"y"}', "/title"),
        (b'{"title":"x","title":"x"}', "/title"),
        (b'{"title":"x","t\\u0069tle":"y"}', "/title"),
        (
            b'{"title":"x","lines":[{"no":1,"quantity":"1"},{"no":1,"quantity":"1","quantity":"9"}]}',
            "/lines/1/quantity",
        ),
        (b'{"title":"x","labels":{"a/b":"1","a/b":"2"}}', "/labels/a~1b"),
        (b'{"title":5,"title":"y"}', "/title"),
    ],
)
async def test_a_member_that_appears_twice_is_refused(http: httpx.AsyncClient, body: bytes, place: str) -> None:
    status, _, faults = await refused(http, body)
    assert (status, faults) == (400, {place: "This member appears twice. Send it once."})


async def test_members_of_different_objects_may_have_one_name(http: httpx.AsyncClient) -> None:
    assert (await send(http, b'{"title":"title: \\"title\\":","labels":{"title":"x"}}')).status_code == 201


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"title":"a\\u0000b"}', "/title"),
        (b'{"title":"x","labels":{"a":"\\u0000"}}', "/labels/a"),
        (b'{"title":"x","labels":{"\\u0000":"a"}}', "/labels/\0"),
        (b'{"title":"\\\\\\u0000"}', "/title"),
    ],
)
async def test_nul_is_refused_wherever_it_is(http: httpx.AsyncClient, body: bytes, place: str) -> None:
    status, _, faults = await refused(http, body)
    assert (status, faults) == (422, {place: "Remove the NUL character (U+0000)."})


async def test_text_that_only_looks_like_nul_is_taken(http: httpx.AsyncClient) -> None:
    assert (await send(http, b'{"title":"\\\\u0000"}')).json()["title"] == "\\u0000"


@pytest.mark.parametrize("half", [b"\\ud800", b"\\udc00", b"\\ud800x", b"\\ude00\\ud83d"])
async def test_a_lone_surrogate_is_refused(http: httpx.AsyncClient, half: bytes) -> None:
    status, _, faults = await refused(http, b'{"title":"x","labels":{"a":"' + half + b'"}}')
    assert (status, list(faults)) == (400, ["/labels/a"])


async def test_a_pair_of_surrogates_is_a_character(http: httpx.AsyncClient) -> None:
    assert (await send(http, b'{"title":"\\ud83d\\ude00"}')).json()["title"] == "\N{GRINNING FACE}"


async def test_no_body_is_refused_where_one_is_needed(http: httpx.AsyncClient) -> None:
    status, detail, _ = await refused(http, b"")
    assert (status, detail) == (400, "The body is empty. This operation needs one, as application/json.")
    assert (await http.post("/bare")).status_code == 201
    assert (await http.post("/optional")).json() == {"sent": False}
    assert (await send(http, {"title": "x"}, "/optional")).json() == {"sent": True}


async def test_null_is_refused_even_where_a_body_may_be_left_out(http: httpx.AsyncClient) -> None:
    status, detail, faults = await refused(http, None, "/optional")
    assert (status, detail, list(faults)) == (422, "The body is null. Send an object.", [""])


async def test_forms_are_read_from_strings_and_checked_alike(http: httpx.AsyncClient) -> None:
    good = {"grant_type": "client_credentials", "minutes": "7"}
    assert (await http.post("/forms", data=good)).json() == {"minutes": 7}
    bad = await http.post("/forms", data={**good, "minutes": "0"})
    assert (bad.status_code, bad.json()["errors"]) == (
        422,
        [["/minutes", "Send a number that is at least 1."]],
    )
    nul = await http.post("/forms", data={"grant_type": "a\0"})
    assert (nul.status_code, nul.json()["errors"][0][0]) == (422, "/grant_type")
    assert (await send(http, good, "/forms")).status_code == 415


def test_the_decoder_alone_would_have_taken_it() -> None:
    """Why these tests are worth their while: what msgspec itself lets pass."""
    decoder = msgspec.json.Decoder(Rfq, strict=True)
    assert decoder.decode(b'{"title":"x","title":"y"}').title == "y"
    assert decoder.decode(b'{"title":"\\u0000"}').title == "\0"
