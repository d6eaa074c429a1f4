"""The servers of partners that receive webhooks: some are well, one fails in a new way with every fault."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import asyncpg
from faults.storm.clients import User
from faults.storm.journal import Journal
from receivers import Answer, Behaviour, Received, Receiver, accept, hang, refuse

from domain.ids import read

PATIENCE = 25.0
"""Seconds for what was announced before to arrive at partners that are well."""


async def reset(_: Received) -> bytes:
    """Take the message and cut the connection."""
    return b""


async def drip(_: Received) -> Answer:
    """Answer, but slowly: a second."""
    await asyncio.sleep(1)
    return 204, {}


ILLS: Mapping[str, Behaviour] = {"fails": refuse(500), "hangs": hang, "resets": reset, "drips": drip}


class Partner:
    """One organisation's receiver, and what it is owed."""

    def __init__(self, user: User, receiver: Receiver, *, is_well: bool) -> None:
        self.user, self.receiver, self.is_well = user, receiver, is_well
        self.endpoint: str = ""
        self._had: set[str] = set()
        self._counted = self._judged = 0
        self._first: set[str] = set()
        self._latest: defaultdict[str, int] = defaultdict(int)

    async def subscribe(self) -> None:
        """From here on the partner is owed every event that its organisation may see."""
        made = await self.user.write("POST", "/v1/webhook-endpoints", {"url": self.receiver.url})
        assert made.is_done, made.raw
        self.endpoint = made.body["webhook_endpoint"]["id"]

    async def owed(self, owner: "asyncpg.Connection[asyncpg.Record]") -> set[str]:
        """Ids of the events that it has to get, as of now."""
        rows = await owner.fetch(
            "SELECT e.id FROM event e WHERE EXISTS (SELECT FROM event_audience a WHERE a.xid = e.xid "
            "AND a.position = e.position AND a.organisation_id IN ($1, '00000000-0000-0000-0000-000000000000')) "
            "AND (e.xid, e.position) >= (SELECT s.xid, s.position FROM event s WHERE s.subject_id = $2 "
            "AND s.subject_version = 1)",
            read("organisation", self.user.organisation),
            read("webhook_endpoint", self.endpoint),
        )
        return {f"evt_{row['id'].hex}" for row in rows}

    @property
    def had(self) -> set[str]:
        """Ids of the events that it got."""
        for request in self.receiver.requests[self._counted :]:
            self._had.add(request.id)
            self._counted += 1
        return self._had

    async def until_served(self, owed: set[str], seconds: float) -> int:
        """Wait for what it is owed; how much is still missing in the end."""
        try:
            await self.receiver.until_that(lambda: owed <= self.had, within=seconds)
        except TimeoutError:
            return len(owed - self.had)
        return 0

    def judge(self, journal: Journal, readable: set[str]) -> list[bytes]:
        """Whether what came since the last time came in order and is what it may read; the bodies of it."""
        bodies = []
        for request in self.receiver.requests[self._judged :]:
            self._judged += 1
            bodies.append(request.body)
            journal.saw("P7")
            if request.id not in readable:
                journal.found("P7", f"{self.user.organisation} was sent {request.id}, which others alone may see")
            told: Any = request.json["data"]
            subject = told.get("subject_id")
            if request.id in self._first or subject is None:
                continue  # a message may come again; and what is masked has no object that it could be in order of
            self._first.add(request.id)
            journal.saw("P6")
            if told["subject_version"] <= self._latest[subject]:
                journal.found("P6", f"{subject} came as {told['subject_version']} after {self._latest[subject]}")
            self._latest[subject] = max(self._latest[subject], told["subject_version"])
        return bodies


__all__ = ["ILLS", "PATIENCE", "Partner", "accept"]
