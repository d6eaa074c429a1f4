"""`events follow`: over one connection while there is one, by asking again and again where there is none."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import httpx
from attrs import evolve

from .._call import Call, Retry
from .._sse import Lines
from ..errors import ApiError
from ..hub import Hub
from ..models import Event
from .show import Screen, clean

MISTAKEN = frozenset({400, 401, 403})
"""What asking in another way does not mend."""
PAUSE = 1.0
"""Seconds before a connection that broke is made anew."""
LONGEST = 300.0
"""Seconds after which a server that would not be followed is asked once more, at most."""


class Place:
    """The cursor behind what was shown, and the file that keeps it for the next run."""

    def __init__(self, after: str | None, file: str | None) -> None:
        self.path = Path(file) if file else None
        self.cursor = after or (self._read() if self.path else None)

    def _read(self) -> str | None:
        try:
            return (self.path.read_text().strip() or None) if self.path else None
        except FileNotFoundError:
            return None

    def keep(self, cursor: str | None) -> None:
        """Go on behind this one, the next time too. The file is replaced whole: nobody finds half a cursor."""
        if cursor is None or cursor == self.cursor:
            return
        self.cursor = cursor
        if self.path:
            beside = self.path.with_name(f"{self.path.name}.new")
            beside.write_text(f"{cursor}\n")
            os.replace(beside, self.path)


def events_follow(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Events as they happen, each at least once. With --cursor the next run goes on where this one ended, however it ended."""
    place = Place(chosen.after, chosen.cursor)
    refused, again = 0, 0.0
    try:
        while True:
            if not (chosen.once or chosen.poll) and time.monotonic() >= again:
                connected = _follow(hub, chosen, screen, place)
                refused = 0 if connected else refused + 1
                again = time.monotonic() + (0 if connected else min(LONGEST, chosen.every * 2**refused))
            found = _ask(hub, chosen, screen, place)
            if chosen.once:
                return
            if not found:
                time.sleep(chosen.every if chosen.poll or refused else PAUSE)
    finally:
        if place.cursor and not place.path:
            screen.say(f"--after {place.cursor}")


def _follow(hub: Hub, chosen: argparse.Namespace, screen: Screen, place: Place) -> bool:
    """Show what happens until the connection breaks; whether there was one."""
    lines = Lines(place.cursor)
    # A connection that breaks is no reason to wait: what lacks is asked for in the other way meanwhile.
    engine = evolve(hub._engine, retry=Retry(attempts=1))  # noqa: SLF001
    call = Call("GET", "/v1/events/stream", query={"types": chosen.types, "subject": chosen.subject})
    try:
        for event in engine.stream(call, Event, lines):
            _show(event, screen)
            place.keep(lines.last_id)
    except ApiError as error:
        if error.status in MISTAKEN:
            raise
    except httpx.TransportError:
        pass
    return lines.retry_seconds is not None or lines.last_id != place.cursor


def _ask(hub: Hub, chosen: argparse.Namespace, screen: Screen, place: Place) -> bool:
    """Show what there is page by page; whether there was anything."""
    found = False
    while True:
        page = hub.events.list(after=place.cursor, types=chosen.types or None, subject=chosen.subject)
        for event in page.items:
            _show(event, screen)
        place.keep(page.next_cursor)
        if not page.items:
            return found
        found = True


def _show(event: Event, screen: Screen) -> None:
    screen.document(event, compact=True)
    screen.say(f"{clean(event.at)}  {clean(event.type_)}  {clean(event.subject_id)}")
