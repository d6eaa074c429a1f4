"""The story that every SDK plays, in Python: once with `Hub`, once with `AsyncHub` (argument `async`)."""

import asyncio
import hashlib
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jembatan_client import ApiError, AsyncHub, Hub, NotModified
from jembatan_client.models import PartName, PriceBreakIn, QuoteCreate, QuoteLineIn, RfqCreate, RfqLineIn, RfqPatch

URL, FUTURE = os.environ["JEMBATAN_URL"], bool(os.environ["FUTURE"])
BIG, OUT = Path(os.environ["BIG_FILE"]), Path(os.environ["OUT_FILE"])
TOMORROW = "value_of_tomorrow"
MEMORY_KIB = 150 * 1024


def draft(title: str) -> RfqCreate:
    """An RFQ of one line that can be published."""
    line = RfqLineIn(
        line_no=1,
        part_number="P-001",
        name=PartName(id="Poros", en="Shaft"),
        specification="Turn to the sizes in the characteristics.",
        material="S45C",
        processes=["turning_cnc"],
        quantity="100",
        unit="H87",
    )
    closes = datetime.now(UTC) + timedelta(hours=2)
    return RfqCreate(title=title, visibility="open", description="To be cleared", quotes_close_at=closes, lines=[line])


def answer() -> QuoteCreate:
    """A quote of one price."""
    line = QuoteLineIn(line_no=1, breaks=[PriceBreakIn(min_quantity="1", unit_price="12500")], lead_time_days=14)
    return QuoteCreate(valid_until=(datetime.now(UTC) + timedelta(days=60)).date(), lines=[line])


def done(step: str) -> None:
    """Say that a step went as it should."""
    print("ok", step, flush=True)


def waited() -> None:
    """The story, waiting for each answer."""
    with Hub(URL, os.environ["BUYER_KEY"]) as hub, Hub(URL, os.environ["SUPPLIER_KEY"]) as workshop:
        rfq = hub.rfqs.create(draft("Shafts"))
        assert rfq.intent == (TOMORROW if FUTURE else "firm"), rfq.intent
        done("create")
        try:
            hub.rfqs.get(rfq.id, if_none_match=rfq)
            raise AssertionError("changed?")
        except NotModified:
            done("etag")
        changed = hub.rfqs.update(rfq.id, RfqPatch(description=None), if_match=rfq)
        assert (changed.description, changed.title) == (None, "Shafts")
        done("patch_null")
        try:
            hub.rfqs.update(rfq.id, {"title": "Late"}, if_match=rfq.etag)
            raise AssertionError("a stale version was taken")
        except ApiError as error:
            assert (error.status, error.code) == (412, "stale_version"), error
        done("stale_etag")
        assert hub.rfqs.publish(rfq.id, if_match=changed).state == "open"
        done("publish")
        quote = workshop.quotes.create(rfq.id, answer())
        quote = workshop.quotes.submit(quote.id, if_match=quote)
        assert quote.state == "submitted"
        done("quote")
        for number in range(2):
            hub.rfqs.create(draft(f"More {number}"))
        titles = [card.title for card in hub.rfqs.iterate(limit=1)]
        assert titles == ["More 1", "More 0", "Shafts"], titles
        done("pages")
        file = hub.files.upload(BIG)
        done("upload")
        got = hub.files.download(file.id, OUT)
        assert (got.size, got.sha256) == (BIG.stat().st_size, file.sha256)
        assert OUT.stat().st_size == got.size
        done("download")
        events = list(hub.events.iterate())
        told = [event for event in events if event.type_ == "rfq.published"]
        assert rfq.id in [event.subject_id for event in told], events
        assert isinstance(told[0].id, str)
        assert (TOMORROW in {event.type_ for event in events}) is UNIONS, events
        done("events")
        try:
            hub.rfqs.get("rfq_" + "0" * 32)
            raise AssertionError("found what is not there")
        except ApiError as error:
            assert (error.status, error.code) == (404, "not_found"), error
            assert error.request_id
        done("not_found")


async def awaited() -> None:
    """The story, awaited."""
    async with AsyncHub(URL, os.environ["BUYER_KEY"]) as hub, AsyncHub(URL, os.environ["SUPPLIER_KEY"]) as workshop:
        rfq = await hub.rfqs.create(draft("Shafts"))
        done("create")
        try:
            await hub.rfqs.get(rfq.id, if_none_match=rfq)
            raise AssertionError("changed?")
        except NotModified:
            done("etag")
        changed = await hub.rfqs.update(rfq.id, RfqPatch(description=None), if_match=rfq)
        assert (changed.description, changed.title) == (None, "Shafts")
        done("patch_null")
        try:
            await hub.rfqs.update(rfq.id, {"title": "Late"}, if_match=rfq.etag)
            raise AssertionError("a stale version was taken")
        except ApiError as error:
            assert (error.status, error.code) == (412, "stale_version"), error
        done("stale_etag")
        assert (await hub.rfqs.publish(rfq.id, if_match=changed)).state == "open"
        done("publish")
        quote = await workshop.quotes.create(rfq.id, answer())
        assert (await workshop.quotes.submit(quote.id, if_match=quote)).state == "submitted"
        done("quote")
        for number in range(2):
            await hub.rfqs.create(draft(f"More {number}"))
        titles = [card.title async for card in hub.rfqs.iterate(limit=1)]
        assert titles == ["More 1", "More 0", "Shafts"], titles
        done("pages")
        file = await hub.files.upload(BIG)
        done("upload")
        with OUT.open("wb") as out:
            got = await hub.files.download(file.id, out)
        assert (got.size, got.sha256) == (BIG.stat().st_size, file.sha256)
        with OUT.open("rb") as came:
            assert hashlib.file_digest(came, "sha256").hexdigest() == file.sha256
        done("download")
        feed = hub.events.iterate(types=["rfq.published"], subject=rfq.id)
        told = [event async for event in feed if event.type_ != TOMORROW]
        assert [event.subject_id for event in told] == [rfq.id], told
        done("events")
        try:
            await hub.rfqs.get("rfq_" + "0" * 32)
            raise AssertionError("found what is not there")
        except ApiError as error:
            assert (error.status, error.code) == (404, "not_found"), error
        done("not_found")


if __name__ == "__main__":
    from jembatan_client.models import Event

    UNIONS = FUTURE and bool(getattr(Event, "__abstractmethods__", ()))
    asyncio.run(awaited()) if sys.argv[1:] == ["async"] else waited()
    status = Path("/proc/self/status")  # what getrusage says includes the parent's memory before it became this program
    if status.exists() and (peak := re.search(r"VmHWM:\s+(\d+)", status.read_text())):
        assert int(peak[1]) < MEMORY_KIB, f"{peak[1]} KiB for a file of {BIG.stat().st_size >> 10} KiB"
