"""What the Python SDK does when a server is busy, silent or gone: retries, tokens, signatures."""

import hashlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import standardwebhooks
from sdk_scene import PYTHON_SDK

Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def _package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(PYTHON_SDK))
    yield
    for name in [name for name in sys.modules if name.split(".")[0] == "jembatan_client"]:
        del sys.modules[name]


class Server:
    """Answers in a given order, and keeps what was asked and how long the client waited."""

    def __init__(self, *answers: httpx.Response | Exception, credentials: Any = "jbt_x") -> None:
        from jembatan_client import Hub

        self.answers, self.asked, self.waited = list(answers), list[httpx.Request](), list[float]()
        self.hub: Any = Hub(
            "http://jembatan.test", credentials, http=httpx.Client(transport=httpx.MockTransport(self._answer))
        )
        self.hub._engine.sleep = self.waited.append

    def _answer(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def keys(self) -> set[str]:
        return {request.headers["idempotency-key"] for request in self.asked}


def busy(after: str | None = None, status: int = 503) -> httpx.Response:
    return httpx.Response(status, headers={} if after is None else {"retry-after": after}, text="busy")


RFQ_DELETED = httpx.Response(204)


def test_a_post_keeps_its_key_over_every_retry() -> None:
    gone = httpx.ReadError("reset")
    done = httpx.Response(200, json={"id": "x"})
    server = Server(busy("3"), gone, busy(status=502), busy(status=429), done)
    with pytest.raises(KeyError):  # the answer is no RFQ: only what was sent is looked at
        server.hub.rfqs.create({"title": "x"})
    assert len(server.asked) == 5
    assert len(server.keys()) == 1
    assert server.waited[0] >= 3


def test_a_change_that_may_have_been_done_is_not_sent_again() -> None:
    server = Server(httpx.ReadError("reset"), RFQ_DELETED)
    with pytest.raises(httpx.ReadError):
        server.hub.rfqs.delete("rfq_1", if_match='"1"')
    assert len(server.asked) == 1
    again = Server(httpx.ConnectError("refused"), busy("0"), RFQ_DELETED)
    again.hub.rfqs.delete("rfq_1", if_match='"1"')
    assert len(again.asked) == 3


def test_a_wait_beyond_the_bound_is_refused_at_once() -> None:
    from jembatan_client import ApiError

    server = Server(busy("3600"))
    with pytest.raises(ApiError, match="503"):
        server.hub.rfqs.get("rfq_1")
    assert server.waited == []


def test_a_path_cannot_be_left() -> None:
    server = Server(RFQ_DELETED)
    server.hub.rfqs.delete("../credentials?x=", if_match='"1"')
    assert server.asked[0].url.raw_path == b"/v1/rfqs/..%2Fcredentials%3Fx%3D"


def test_tokens_are_fetched_once_and_renewed_when_refused() -> None:
    from jembatan_client import ClientCredentials

    def token(name: str) -> httpx.Response:
        return httpx.Response(200, json={"access_token": name, "token_type": "Bearer", "expires_in": 300})

    refused = httpx.Response(401, json={})
    answers = (token("one"), RFQ_DELETED, httpx.Response(204), refused, token("two"), httpx.Response(204))
    server = Server(*answers, credentials=ClientCredentials("crd_1", "jbt_x", scopes=("rfqs:write",)))
    for _ in range(3):
        server.hub.rfqs.delete("rfq_1", if_match='"1"')
    sent = [request.headers.get("authorization") for request in server.asked]
    assert sent == [None, "Bearer one", "Bearer one", "Bearer one", None, "Bearer two"]
    assert b"grant_type=client_credentials" in server.asked[0].content


def test_a_download_goes_on_where_it_broke(tmp_path: Any) -> None:
    whole = bytes(range(256)) * 40
    tag = f'"{hashlib.sha256(whole).hexdigest()}"'

    class Cut(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield whole[:5000]
            raise httpx.ReadError("cut")

    first = httpx.Response(200, headers={"etag": tag}, stream=Cut())
    rest = httpx.Response(206, headers={"etag": tag}, content=whole[5000:])
    server = Server(first, rest)
    got = server.hub.files.download("fil_1", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == whole
    assert got.sha256 == tag.strip('"')
    assert server.asked[1].headers["range"] == "bytes=5000-"


def test_a_resumed_part_of_something_else_is_thrown_away(tmp_path: Any) -> None:
    tag = f'"{hashlib.sha256(b"whole").hexdigest()}"'
    (tmp_path / "a.pdf.part").write_bytes(b"xx")
    rest = httpx.Response(206, headers={"etag": tag}, content=b"ole")
    server = Server(rest, httpx.Response(200, headers={"etag": tag}, content=b"whole"))
    server.hub.files.download("fil_1", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"whole"


def test_only_true_webhooks_are_taken() -> None:
    from datetime import UTC, datetime

    from jembatan_client import BadSignature
    from jembatan_client.webhooks import verify

    secret, at, body = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", datetime.now(UTC), '{"type": "x"}'
    headers = {
        "Webhook-Id": "evt_1",
        "Webhook-Timestamp": str(int(at.timestamp())),
        "Webhook-Signature": standardwebhooks.Webhook(secret).sign("evt_1", at, body),
    }
    assert verify(headers, body.encode(), ["whsec_" + "A" * 32, secret]) == {"type": "x"}
    for changed, text, when in (
        (headers, body + " ", None),
        (headers | {"Webhook-Id": "evt_2"}, body, None),
        (headers, body, at.timestamp() + 301),
        ({}, body, None),
    ):
        with pytest.raises(BadSignature):
            verify(changed, text.encode(), secret, now=when)


MISSING = httpx.Response(404, json={})
STORED = {
    "id": "fil_1",
    "state": "stored",
    "state_label": "Stored",
    "etag": '"1"',
    "name": "a.pdf",
    "media_type": "application/pdf",
    "size": 16 * 1024 * 1024,
    "reject_reason": None,
    "sha256": hashlib.sha256(bytes(16 * 1024 * 1024)).hexdigest(),
    "created_at": "2026-11-24T09:30:00Z",
}


def begun(name: str) -> httpx.Response:
    return httpx.Response(201, json={"id": name}, headers={"location": "https://elsewhere.test/v1/uploads/x"})


def at(offset: int, file_id: str | None = None, status: int = 200) -> httpx.Response:
    return httpx.Response(
        status, headers={"upload-offset": str(offset)} | ({"jembatan-file-id": file_id} if file_id else {})
    )


def large(folder: Any) -> Any:
    path = folder / "a.pdf"
    path.write_bytes(bytes(16 * 1024 * 1024))
    return path


def asked(server: Server) -> list[str]:
    return [f"{each.method} {each.url.path}" for each in server.asked]


def test_a_key_that_may_only_write_sends_a_large_file_whole(tmp_path: Any) -> None:
    server = Server(httpx.Response(403, json={}), httpx.Response(201, json=STORED))
    server.hub.files.upload(large(tmp_path))
    assert asked(server)[1:] == ["POST /v1/files"]
    assert len(server.asked[1].content) == 16 * 1024 * 1024


def test_too_many_uploads_under_way_send_it_whole(tmp_path: Any) -> None:
    texts = dict.fromkeys(("type", "title", "detail", "instance", "request_id"), "x")
    problem = texts | {"status": 409, "code": "limit_reached", "errors": None, "state": None, "allowed_actions": None}
    server = Server(MISSING, httpx.Response(409, json=problem), httpx.Response(201, json=STORED))
    server.hub.files.upload(large(tmp_path))
    assert asked(server)[1:] == ["POST /v1/uploads", "POST /v1/files"]


def test_parts_go_on_where_the_server_says(tmp_path: Any) -> None:
    done = at(16 * 1024 * 1024, "fil_1", 204)
    answers = (MISSING, begun("upl_1"), at(0), httpx.ReadError("cut"), at(9000), httpx.Response(409, json={}))
    server = Server(*answers, at(10000), done, httpx.Response(200, json=STORED))
    assert server.hub.files.upload(large(tmp_path)).id == "fil_1"
    sent = [(each.headers["upload-offset"], len(each.content)) for each in server.asked if each.method == "PATCH"]
    assert sent == [("0", 16 * 1024 * 1024), ("9000", 16 * 1024 * 1024 - 9000), ("10000", 16 * 1024 * 1024 - 10000)]
    assert {each.url.host for each in server.asked} == {"jembatan.test"}


def test_an_upload_that_was_forgotten_begins_anew_under_a_key_that_follows(tmp_path: Any) -> None:
    def play() -> list[str]:
        answers = (MISSING, begun("upl_1"), httpx.Response(410), begun("upl_2"), at(0))
        server = Server(*answers, at(16 * 1024 * 1024, "fil_1", 204), httpx.Response(200, json=STORED))
        server.hub.files.upload(large(tmp_path), idempotency_key="mine")
        assert "PATCH /v1/uploads/upl_2" in asked(server)
        return [each.headers["idempotency-key"] for each in server.asked if each.method == "POST"]

    first, second = play(), play()
    assert first == second
    assert len(set(first)) == 2


def test_what_is_not_what_was_sent_is_told(tmp_path: Any) -> None:
    from jembatan_client import TransferError

    other = httpx.Response(200, json=STORED | {"sha256": "0" * 64})
    server = Server(MISSING, begun("upl_1"), at(16 * 1024 * 1024, "fil_1"), other)
    with pytest.raises(TransferError, match="SHA-256"):
        server.hub.files.upload(large(tmp_path))


def test_a_line_that_carries_nothing_is_given_up(tmp_path: Any) -> None:
    tries = [each for _ in range(6) for each in (at(0), httpx.WriteError("cut"))]
    server = Server(MISSING, begun("upl_1"), *tries)
    with pytest.raises(httpx.WriteError):
        server.hub.files.upload(large(tmp_path))
    assert len(server.waited) == 5
