"""One call of one operation: who asks, under which conditions, and the two ways to answer it.

`read` answers a query; `change` runs a command together with its idempotency record in one transaction.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.handlers import BaseRouteHandler

from api.context import Context, Language, context_of
from api.contract import Api
from api.paging import cursor, place_of
from api.problems import MEDIA_TYPE as PROBLEM_TYPE
from api.problems import body_of, headers_of, is_stored, status_of
from api.refusals import KeyInProgress, KeyReused, Overloaded
from api.services import Services
from api.wire import Out
from domain.actors import Actor
from domain.database import NOBODY, RETRYABLE, Database, Tx
from domain.errors import Refusal
from domain.idempotency.commands import Answer, claim, is_answered, store
from domain.ids import read
from domain.ids import show as show_id
from domain.lifecycle import Expected

T = TypeVar("T")
JSON = "application/json"
_PRIVATE = {"cache-control": "private, no-cache", "vary": "Accept, Accept-Language, Authorization"}


class View(msgspec.Struct, frozen=True, kw_only=True):
    """For whom something is shown: decides labels and `allowed_actions`."""

    actor: Actor
    now: datetime
    language: Language


class _DryRun(Exception):
    """Carries the answer out of the transaction that it undoes."""

    def __init__(self, answer: tuple[int, dict[str, str], bytes]) -> None:
        self.answer = answer


class Call:
    """Everything a handler needs besides its parameters."""

    __slots__ = (
        "_dry_run",
        "_fingerprint",
        "actor",
        "context",
        "expected",
        "key",
        "none_match",
        "refused",
        "request",
        "services",
    )

    def __init__(
        self,
        request: Request[Any, Any, Any],
        services: Services,
        actor: Actor,
        *,
        key: str | None,
        fingerprint: bytes,
        expected: Expected,
        none_match: str | None,
        dry_run: bool,
    ) -> None:
        self.request = request
        self.services = services
        self.actor = actor
        self.context: Context = context_of(request.scope)
        self.key = key
        self.expected = expected
        self.none_match = none_match
        self._fingerprint = fingerprint
        self._dry_run = dry_run
        self.refused: Refusal | None = None
        """What a command of this call was refused with, when the refusal was stored as its answer."""

    @property
    def db(self) -> Database:
        """The database under the API's own role; for an operation that may lag, a standby of it where one is near enough.

        `Cache-Control: no-cache` asks for the newest.
        """
        standby = self.services.standby
        if standby is None or not may_lag(self.request.route_handler):
            return self.services.db
        newest = "no-cache" in self.request.headers.get("cache-control", "").lower()
        return self.services.db if newest else standby

    @property
    def view(self) -> View:
        """The caller, now (by the database's clock as last measured)."""
        return View(actor=self.actor, now=self.services.clock.now(), language=self.context.language)

    @property
    def is_dry_run(self) -> bool:
        """Whether `change` makes every check and keeps nothing."""
        return self._dry_run

    def rehearse(self) -> None:
        """As if the caller had sent `Prefer: dry-run`."""
        self._dry_run = True

    def streamed(self, digest: bytes) -> None:
        """Make a body that was read as a stream part of what an idempotent retry has to repeat."""
        self._fingerprint = self.services.sealer.fingerprint(self._fingerprint, digest)

    async def read(self, thing: Awaitable[T], show: Callable[[T, View], Out]) -> Response[Any]:
        """Answer a query with one resource: its ETag, or 304 when the caller has that version."""
        out = show(await thing, self.view)
        etag = getattr(out, "etag", None)
        if etag is None:
            return Response(msgspec.json.encode(out), media_type=JSON, headers=_PRIVATE)
        if self.has(etag):
            return self.unchanged(etag)
        return Response(msgspec.json.encode(out), media_type=JSON, headers={**_PRIVATE, "etag": etag})

    def has(self, etag: str) -> bool:
        """Whether the caller says that it has the version with this entity tag."""
        return matches(self.none_match, etag)

    @staticmethod
    def unchanged(etag: str) -> Response[Any]:
        """304: what the caller has is the newest."""
        return Response(b"", status_code=304, headers={**_PRIVATE, "etag": etag})

    def page(
        self,
        items: Sequence[T],
        show: Callable[[T, View], Out],
        page: Callable[..., Any],
        *,
        limit: int,
        filters: object,
        place: Callable[[T], list[object]],
    ) -> Response[Any]:
        """Answer a list. `items` holds up to `limit` + 1 things: the extra one says that there is a next page.

        Queries therefore fetch `limit` + 1 rows behind the cursor.
        """
        shown = items[:limit]
        following = cursor(filters, place(shown[-1])) if len(items) > limit else None
        view = self.view
        body = msgspec.json.encode(page(items=[show(item, view) for item in shown], next_cursor=following))
        headers = {"cache-control": "private, no-cache", "vary": "Accept, Accept-Language, Authorization"}
        if following is not None:
            query = [(name, value) for name, value in self.request.query_params.multi_items() if name != "after"]
            headers["link"] = f'<{self.request.url.path}?{urlencode([*query, ("after", following)])}>; rel="next"'
        return Response(body, media_type=JSON, headers=headers)

    async def listed(
        self,
        fetch: Callable[[UUID | None, int], Awaitable[Sequence[T]]],
        show: Callable[[T, View], Out],
        page: Callable[..., Any],
        *,
        kind: str,
        after: str | None,
        limit: int,
        filters: object,
    ) -> Response[Any]:
        """Answer a list ordered by the `id` of its things: `fetch` gets the id to start behind and how many to read.

        `kind` names the ids (domain/ids.py). Raises InvalidParameter for a cursor of another list or filter.
        """
        place = place_of(after, filters, 1)
        behind = None if place is None else read(kind, str(place[0]))

        def place_behind(thing: Any) -> list[object]:
            return [show_id(kind, thing.id)]

        items = await fetch(behind, limit + 1)
        return self.page(items, show, page, limit=limit, filters=filters, place=place_behind)

    async def is_answered(self) -> bool:
        """Whether `change` will only repeat a stored answer: work that goes before it can then be left out."""
        if self.key is None:
            return False
        return await is_answered(self.db, self.actor, self.actor.organisation_id or NOBODY, self._route, self.key)

    @property
    def _route(self) -> str:
        return f"{self.request.method} {self.request.url.path}"

    async def change(
        self,
        command: Callable[[Database], Awaitable[T]],
        show: Callable[[T, View], Out] | None,
        *,
        status: int = 200,
        location: Callable[[T], str] | None = None,
        sealed: bool = False,
        opening: bool = False,
    ) -> Response[Any]:
        """Run `command` and answer with what it returns, both in one transaction with the idempotency record.

        `sealed` encrypts the stored answer (it may hold a sealed price or a new secret); `opening` runs under the
        role that may read sealed keys; without `show` the answer is 204.
        """
        if opening and not self.services.settings.opens:
            raise Overloaded(
                "This server does not open quotes: it holds no opening key. Send the request to one that does, with the same key."
            )
        db = self.services.db.opener if opening else self.services.db

        async def work(joined: Database) -> tuple[int, dict[str, str], bytes]:
            result = await command(joined)
            if show is None:
                return 204, {}, b""
            out = show(result, self.view)
            headers = {"cache-control": "no-store"}
            etag = getattr(out, "etag", None)
            if etag is not None:
                headers["etag"] = etag
            if location is not None:
                headers["location"] = location(result)
            return status, headers, msgspec.json.encode(out)

        try:
            try:
                answer = await self._once(db, work, sealed=sealed)
            except RETRYABLE:
                answer = await self._once(db, work, sealed=sealed)
        except _DryRun as dry:
            code, headers, body = dry.answer
            return Response(
                body, status_code=code, media_type=JSON, headers={**headers, "preference-applied": "dry-run"}
            )
        code, headers, body = answer
        media_type = PROBLEM_TYPE if code >= 400 else JSON  # noqa: PLR2004
        return Response(body, status_code=code, media_type=media_type, headers=headers)

    async def _once(
        self,
        db: Database,
        work: Callable[[Database], Awaitable[tuple[int, dict[str, str], bytes]]],
        *,
        sealed: bool,
    ) -> tuple[int, dict[str, str], bytes]:
        if self.key is None or self._dry_run:
            async with db.transaction(self.actor) as tx:
                answer = await work(db.joined(tx))
                if self._dry_run:
                    raise _DryRun(answer)
                return answer
        organisation, route = self.actor.organisation_id or NOBODY, self._route
        try:
            async with db.transaction(self.actor) as tx:
                known = await self._claimed(tx, organisation, route, self.key)
                if known is not None:
                    return self._replay(organisation, known)
                answer = await work(db.joined(tx))
                await self._keep(tx, organisation, route, answer, sealed=sealed)
                return answer
        except Refusal as refused:
            if not is_stored(refused):
                raise
            refusal = refused
        # The work is undone and the key free again: only refusals pay for a second transaction, not every write for a savepoint.
        # Whoever took the key meanwhile did the work by itself, and its answer is the one.
        async with db.transaction(self.actor) as tx:
            known = await self._claimed(tx, organisation, route, self.key)
            if known is not None:
                return self._replay(organisation, known)
            self.context.problem = refusal.code
            self.refused = refusal
            answer = status_of(refusal), headers_of(refusal, self.context), body_of(refusal, self.context)
            await self._keep(tx, organisation, route, answer, sealed=sealed)
            return answer

    @staticmethod
    async def _claimed(tx: Tx, organisation: UUID, route: str, key: str) -> Answer | None:
        """The answer under the key, or None with the key held by this transaction. Raises KeyInProgress."""
        held, known = await claim(tx, organisation, route, key)
        if known is None and not held:
            raise KeyInProgress
        return known

    async def _keep(
        self, tx: Tx, organisation: UUID, route: str, answer: tuple[int, dict[str, str], bytes], *, sealed: bool
    ) -> None:
        status, headers, body = answer
        assert self.key is not None
        kept = self.services.sealer.keep(organisation, body).encode() if sealed else body
        stored = Answer(fingerprint=self._fingerprint, status=status, headers=headers, body=kept, sealed=sealed)
        await store(tx, organisation, route, self.key, stored)

    def _replay(self, organisation: UUID, known: Answer) -> tuple[int, dict[str, str], bytes]:
        if known.fingerprint != self._fingerprint:
            raise KeyReused
        self.context.replayed = True
        body = self.services.sealer.reread(organisation, known.body.decode()) if known.sealed else known.body
        return known.status, {**known.headers, "idempotent-replayed": "true"}, body


def may_lag(handler: BaseRouteHandler) -> bool:
    """Whether an operation is marked so."""
    api = handler.opt.get("api")
    return isinstance(api, Api) and api.may_lag


def etag_of(version: int) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


def matches(none_match: str | None, etag: str) -> bool:
    """Whether an `If-None-Match` names `etag`."""
    if none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in none_match.split(",")]
    return "*" in tags or etag in tags
