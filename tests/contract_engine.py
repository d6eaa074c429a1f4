"""Schemathesis over the whole document, in process: what it is told, what it may not judge, and what it found.

The engine drives its own event loop, in which the application gets pools of its own; the database, the keys and the
files are those of the other tests.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

import schemathesis
from contract_stage import Ids, Stage
from msgspec.structs import replace
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import Status, events, from_schema
from schemathesis.openapi.checks import EnsureResourceAvailability, JsonSchemaError, RejectedPositiveData
from schemathesis.python.asgi import get_client

from api.app import create_app
from api.services import Clock, Services
from domain.database import Database

SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@schemathesis.serializer("application/offset+octet-stream", SHEET)
def _bytes(context: Any, value: Any) -> bytes:
    """A part of an upload; a sheet that is none."""
    return value if isinstance(value, bytes) else str(value).encode()


SEED: Final = 20261124
PHASES: Final = ("examples", "coverage", "fuzzing", "stateful")
EXISTING: Final = 15
"""Of sixteen cases with a well-formed path so many ask for what there is."""

NEGATIVE: Final = [400, 401, 403, 404, 405, 406, 409, 412, 415, 422, 428, 429, "5xx"]
"""How what the schema does not admit is refused. 412 besides the usual ones: another version of tus; a version that has gone."""
HEADER: Final = [400, 401, 403, 406, 412, 415, 422, 428]
"""How a missing header is refused. 428: `If-Match`, as RFC 6585 has it; 412: `Tus-Resumable`, as tus has it."""
OF_SHAPE: Final = frozenset({"invalid_body", "malformed_body"})
"""The codes that the schema alone decides. A body that it admits may still break a rule of the business (`invalid`,
`incomplete`, `stale_version` …): that is no disagreement of the document and the decoder."""
STRICTER: Final = ("not a number with a fraction", "Remove the NUL character")
"""Where the decoder asks for more than JSON Schema can say: 1.0 is not the integer 1, and no text holds U+0000."""


class Application:
    """The application with pools that belong to the loop of whoever serves it. Raises whatever it cannot answer."""

    def __init__(self, services: Services, dsn: str) -> None:
        self._services, self._dsn = services, dsn
        self._app: Any = None
        self._pools: tuple[Database, ...] = ()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI."""
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        await receive()
        await self._open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for pool in self._pools:
            await pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _open(self) -> None:
        opener = await Database.connect(self._dsn, role="jembatan_opener", application="contract opener", size=2)
        pool = await Database.connect(self._dsn, role="jembatan_api", application="contract", size=4, opener=opener)
        self._pools = (pool,)
        of = self._services
        self._app = create_app(Services(replace(of.settings, stream_seconds=0.2), pool, of.sealer, of.blobs, Clock()))


class Found:
    """What one run did."""

    def __init__(self) -> None:
        self.cases: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.failures: dict[tuple[str, str, str], str] = {}
        self.errors: list[str] = []
        self.reached: set[str] = set()
        self.done: set[str] = set()

    def take(self, event: Any) -> None:
        """Count what an event tells."""
        if isinstance(event, events.NonFatalError | events.FatalError):
            self.errors.append(str(getattr(event, "info", event)))
        if not isinstance(event, events.ScenarioFinished):
            return
        recorder = event.recorder
        self.cases[event.phase.value] += len(recorder.interactions)
        for key, interaction in recorder.interactions.items():
            label = recorder.cases[key].value.operation.label
            self.reached.add(label)
            if interaction.response is not None:
                self.statuses[interaction.response.status_code] += 1
                if interaction.response.status_code < 300:
                    self.done.add(label)
        for key, checks in recorder.checks.items():
            for check in checks:
                if check.status is Status.FAILURE and check.failure_info is not None:
                    case = recorder.cases[key].value
                    answer = recorder.interactions[key].response
                    body = answer.content[:600] if answer is not None else None
                    told = f"{check.failure_info.failure}\nanswer: {body!r}\n{check.failure_info.code_sample}"
                    self.failures.setdefault((event.phase.value, check.name, case.operation.label), told)

    def told(self) -> str:
        """The counts, in two lines."""
        cases = ", ".join(f"{phase} {self.cases[phase]}" for phase in PHASES if self.cases[phase])
        answers = ", ".join(f"{status} {count}" for status, count in sorted(self.statuses.items()))
        return (
            f"seed {SEED}: {self.cases.total()} cases ({cases}), {len(self.failures)} failures, "
            f"{len(self.errors)} errors; {len(self.done)} of {len(self.reached)} operations done; answers: {answers}"
        )


def configuration(phases: tuple[str, ...], *, examples: int, scenarios: int) -> SchemathesisConfig:
    """What the engine is told."""
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "suppress-health-check": ["all"],
            "continue-on-failure": True,
            "request-timeout": 60,
            "generation": {
                "max-examples": examples,
                "database": "none",
                "no-shrink": True,
                "with-security-parameters": False,
            },
            "analysis": {"constants": {"enabled": False}},
            "checks": {
                "negative_data_rejection": {"expected-statuses": NEGATIVE},
                "missing_required_header": {"expected-statuses": HEADER},
            },
            "phases": {
                **{name: {"enabled": name in phases} for name in PHASES},
                "coverage": {"enabled": "coverage" in phases, "unexpected-methods": ["TRACE"]},
                "stateful": {
                    "enabled": "stateful" in phases,
                    "max-steps": 8,
                    # What is refused is the business of the other phases: here each step leads to the next.
                    "generation": {"max-examples": scenarios, "mode": "positive"},
                },
            },
        }
    )


class Share:
    """Which of the operations, and of the cases of the coverage phase every so-many-th."""

    def __init__(self, labels: frozenset[str] | None = None, *, every: int = 1) -> None:
        self.labels, self.every = labels, every
        self._seen: Counter[str] = Counter()

    def has(self, label: str) -> bool:
        """Whether this share has the operation `GET /v1/…`."""
        return self.labels is None or label in self.labels

    def takes(self, case: Any) -> bool:
        """Whether a case is sent: the first of its operation are, and then every `every`th."""
        if case.meta is None or case.meta.phase.name.value != "coverage":
            return True
        place = self._seen[case.operation.label]
        self._seen[case.operation.label] += 1
        return place < 2 or place % self.every == 0


def digest(*parts: Any) -> int:
    """The same number for the same parts in every process."""
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:6])


def run(
    document: dict[str, Any],
    app: Application,
    stage: Stage,
    share: Share,
    *phases: str,
    examples: int = 3,
    scenarios: int = 20,
) -> Found:
    """Run the phases over the share, and say what was found."""
    config = configuration(phases, examples=examples, scenarios=scenarios)
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document)), config=config)
    schema.app = app
    operations = {key: spec["operationId"] for key, spec in _each(document)}
    ids = {path: stage.fitting(path) for path in document["paths"]}
    readable = {path for path, item in document["paths"].items() if "get" in item and path.endswith("}")}
    bodies = {
        key: stage.written(item["example"])
        for key, spec in _each(document)
        for item in spec.get("requestBody", {}).get("content", {}).values()
        if "example" in item
    }

    @schema.auth()
    class _Key:
        def get(self, case: Any, _: Any) -> str:
            return stage.party(operations[case.operation.method.upper(), case.operation.path]).secret

        def set(self, case: Any, data: str, _: Any) -> None:
            case.headers["Authorization"] = f"Bearer {data}"

    @schema.hook("map_case")
    def existing(context: Any, case: Any) -> Any:
        _fill(case, ids[case.operation.path], bodies.get((case.operation.method.upper(), case.operation.path)))
        return case

    @schema.hook("before_add_examples")
    def existing_in_examples(context: Any, examples: list[Any]) -> None:
        for case in examples:
            key = (case.operation.method.upper(), case.operation.path)
            _fill(case, ids[case.operation.path], bodies.get(key), always=True)

    @schema.hook("filter_case")
    def sampled(context: Any, case: Any) -> bool:
        return share.takes(case)

    @schema.hook("filter_failure")
    def judged(context: Any, failure: Any, case: Any, response: Any) -> bool:
        return counts(failure, case, response) and not _is_of_old(failure, case, ids[case.operation.path])

    if "stateful" not in phases:
        schema = schema.include(  # type: ignore[assignment]  # it stays of its class
            lambda context: share.has(context.operation.label)
        )

    @schemathesis.hook("before_call")  # there are none of a schema alone
    def current(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        _see(app, readable, case)

    found = Found()
    try:
        for event in from_schema(schema).execute():
            found.take(event)
    finally:
        schemathesis.hooks.unregister(current)
    return found


def _each(document: dict[str, Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    for path, item in document["paths"].items():
        for method, spec in item.items():
            yield (method.upper(), path), spec


def _fill(case: Any, ids: list[Ids], body: Any, *, always: bool = False) -> None:
    """Nearly always ask for what there is, and outside of coverage say something sensible in every second case.

    What is malformed on purpose stays so. The choice follows from the case alone.
    """
    if case.meta is None:
        return
    number = digest(case.operation.label, dict(case.path_parameters or {}), case.body, dict(case.query or {}))
    if ids and not case.meta.is_negative_at(ParameterLocation.PATH) and (number % (EXISTING + 1) or always):
        case.path_parameters.update(ids[number // (EXISTING + 1) % len(ids)])
    is_drawn = case.meta.phase.name.value in {"fuzzing", "stateful"} and number // 97 % 2
    if body is not None and (is_drawn or always) and not case.meta.is_negative_at(ParameterLocation.BODY):
        case.body = body


def _is_of_old(failure: Any, case: Any, ids: list[Ids]) -> bool:
    """Whether a thing is missed that was there from the beginning: asked for by `_fill`, it may be gone by now.

    The check means what was created a step before.
    """
    if not isinstance(failure, EnsureResourceAvailability):
        return False
    return any(known and known.items() <= case.path_parameters.items() for known in ids)


def _see(app: Application, readable: set[str], case: Any) -> None:
    """Look at the thing first, as a client does, so that `If-Match` names the version that there is."""
    if (
        case.meta is None
        or "If-Match" not in (case.headers or {})
        or case.meta.is_negative_at(ParameterLocation.HEADER)
    ):
        return
    if case.meta.phase.name.value == "coverage" or "Authorization" not in case.headers:
        return
    path = next((one for one in _prefixes(case.operation.path) if one in readable), None)
    if path is None:
        return
    values = {name: quote(str(value), safe="") for name, value in case.path_parameters.items()}
    with get_client(app) as client:  # which also starts the application, before its first case
        answer = client.get(path.format(**values), headers={"Authorization": case.headers["Authorization"]})
    if "etag" in answer.headers:
        case.headers["If-Match"] = answer.headers["etag"]


def _prefixes(path: str) -> Iterator[str]:
    parts = path.split("/")
    yield from ("/".join(parts[:length]) for length in range(len(parts), 2, -1))


def counts(failure: Any, case: Any, response: Any) -> bool:
    """Whether a failure is one; see `OF_SHAPE` and `STRICTER`. A header that nobody asked for is no fault of a request.

    Of a stream, the schema is about its text as OpenAPI 3.1 has it; Schemathesis holds each of its events to it, as 3.2
    would. The events of the feed are the same and are judged in `listEvents`.
    """
    if isinstance(failure, AcceptedNegativeData):
        return "in header - object with unexpected properties" not in failure.message
    if isinstance(failure, JsonSchemaError):
        return not response.headers.get("content-type", [""])[0].startswith("text/event-stream")
    if isinstance(failure, RejectedPositiveData) and case.operation.method.upper() == "HEAD":
        return False  # whose refusal has no body that tells why; `getUpload` is the same with one
    if isinstance(failure, RejectedPositiveData):
        problem = response.json()
        details = [error["detail"] for error in problem["errors"] or ()]
        is_stricter = bool(details) and all(any(words in detail for words in STRICTER) for detail in details)
        return problem["code"] in OF_SHAPE and not is_stricter
    return True


def first(found: Found, limit: int = 12) -> Iterator[str]:
    """The first failures, for people."""
    for (phase, check, label), told in list(found.failures.items())[:limit]:
        yield f"--- {phase}: {check}: {label}\n{told[:1500]}"
