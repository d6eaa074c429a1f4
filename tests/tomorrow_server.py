"""The server of next year: a proxy before the present one that adds to every answer what old clients have to bear.

Every object gets an unknown member, every enumeration of an answer an unknown value, every list of a tagged union an
unknown arm. What is added follows from the contract, so that new operations are covered by themselves.
"""

import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CONTRACT = Path(__file__).parents[1] / "openapi/openapi.json"
MEMBER, VALUE = "a_member_of_tomorrow", "value_of_tomorrow"
CHUNK = 256 * 1024
HOP = {"connection", "transfer-encoding", "keep-alive", "content-length", "host", "accept-encoding"}


class Future:
    """Turns answers of the contract into such of its next versions, and counts what it did."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.members = self.values = self.arms = 0
        self._paths = [
            (re.compile(re.sub(r"\\?\{\w+\\?\}", "[^/]+", re.escape(path))), item)
            for path, item in document["paths"].items()
        ]

    def answer(self, method: str, path: str, status: int, value: Any) -> Any:
        """The answer of tomorrow."""
        for pattern, item in self._paths:
            if pattern.fullmatch(path) and method.lower() in item:
                answers = item[method.lower()]["responses"]
                content = self._resolved(answers.get(str(status), {})).get("content", {})
                schema: Any = next((each["schema"] for kind, each in content.items() if "json" in kind), {})
                return self.change(schema, value)
        return self.change({}, value)

    def change(self, schema: Any, value: Any) -> Any:
        """`value`, which has this schema, with what an old client does not know."""
        schema = self._arm(self._resolved(schema), value)
        if isinstance(value, dict):
            members = schema.get("properties", {})
            self.members += 1
            known = {key: self.change(members.get(key, {}), each) for key, each in value.items()}
            return {**known, MEMBER: {"deep": [1, {"deeper": None}]}}
        if isinstance(value, list):
            changed = [self.change(schema.get("items", {}), each) for each in value]
            tag = self._resolved(schema.get("items", {})).get("discriminator", {}).get("propertyName")
            if tag and changed:
                self.arms += 1
                # Kept in the feed's order and with every common member; its own are of a shape that nobody knows.
                changed.insert(0, {**changed[0], tag: VALUE, "data": {"shape": ["of", 1, "kind"]}})
            return changed
        values = schema.get("enum")
        if isinstance(value, str) and isinstance(values, list) and len(values) > 1:
            self.values += 1
            return VALUE
        return value

    def _resolved(self, schema: Any) -> Any:
        while "$ref" in schema:
            found = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return schema

    def _arm(self, schema: Any, value: Any) -> Any:
        """Of a union the arm that this value is."""
        if "discriminator" in schema and isinstance(value, dict):
            arm = schema["discriminator"]["mapping"].get(value.get(schema["discriminator"]["propertyName"]))
            return self._resolved({"$ref": arm}) if arm else {}
        rest = [each for word in ("anyOf", "oneOf") for each in schema.get(word, []) if each != {"type": "null"}]
        return self._arm(self._resolved(rest[0]), value) if rest and value is not None else schema


def _body(handler: BaseHTTPRequestHandler) -> Iterator[bytes]:
    """What the client sends, with a length or in chunks."""
    if handler.headers.get("transfer-encoding", "").lower() == "chunked":
        while size := int(handler.rfile.readline().split(b";")[0], 16):
            yield handler.rfile.read(size)
            handler.rfile.readline()
        handler.rfile.readline()
        return
    left = int(handler.headers.get("content-length", 0))
    while left and (chunk := handler.rfile.read(min(left, CHUNK))):
        left -= len(chunk)
        yield chunk


@contextmanager
def tomorrow(upstream: str) -> Iterator[tuple[str, Future]]:
    """A proxy before `upstream`: its address, and what it changes."""
    future = Future(json.loads(CONTRACT.read_text()))
    address = urlsplit(upstream)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def _pass(self) -> None:
            there = http.client.HTTPConnection(address.hostname or "", address.port, timeout=120)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            chunked = "transfer-encoding" in self.headers
            if "content-length" in self.headers:
                headers["content-length"] = self.headers["content-length"]
            elif chunked:
                headers["transfer-encoding"] = "chunked"
            sends = chunked or self.headers.get("content-length", "0") != "0"
            there.request(self.command, self.path, _body(self) if sends else None, headers, encode_chunked=chunked)
            answer = there.getresponse()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP:
                    self.send_header(name, value)
            if "json" in (answer.getheader("content-type") or "") and self.command != "HEAD":
                path = urlsplit(self.path).path
                body = json.dumps(future.answer(self.command, path, answer.status, json.loads(answer.read()))).encode()
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            else:
                self.send_header("content-length", answer.getheader("content-length") or "0")
                self.end_headers()
                while chunk := answer.read(CHUNK):
                    self.wfile.write(chunk)
            there.close()

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _pass  # noqa: N815

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", future
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
