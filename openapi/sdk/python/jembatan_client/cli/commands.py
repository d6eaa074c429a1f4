"""What each command does: `(hub, arguments, screen)`."""

from __future__ import annotations

import argparse
import datetime
import hashlib
import itertools
import sys
import time
from pathlib import Path
from typing import Any

from .._call import Call
from .._transfer import Progress
from ..hub import Hub
from ..models.stored_file import StoredFile
from .show import Screen, clean


def rfq_list(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """RFQs, newest first."""
    found = list(itertools.islice(hub.rfqs.iterate(state=chosen.state, fit=chosen.fit or None), chosen.limit))
    screen.document(found)
    screen.table(
        ["Id", "Title", "Buyer", "State", "Closes", "Lines"],
        [[rfq.id, rfq.title, rfq.buyer_name, rfq.state_label, rfq.quotes_close_at, rfq.line_count] for rfq in found],
    )


def rfq_show(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """One RFQ with its lines and, where they may be seen, its documents."""
    rfq = hub.rfqs.get(chosen.id)
    screen.document(rfq)
    if screen.as_json:
        return
    screen.fields(
        ("Id", rfq.id),
        ("Title", rfq.title),
        ("State", rfq.state_label),
        ("Closes", rfq.quotes_close_at),
        ("Possible now", ", ".join(rfq.allowed_actions)),
    )
    screen.say("")
    screen.table(
        ["Line", "Part", "Name", "Quantity", "Unit", "Material"],
        [
            [line.line_no, line.part_number, _name(line.name, screen), line.quantity, line.unit, line.material]
            for line in rfq.lines
        ],
    )
    documents = list(hub.documents.iterate(rfq.id))
    if documents:
        screen.say(f"\n{screen.words('Documents')}")
        screen.table(
            ["File", "Name", "Size", "Confidential"],
            [
                [
                    each.file_id,
                    each.file_name or each.label,
                    each.size,
                    screen.words("yes" if each.confidential else "no"),
                ]
                for each in documents
            ],
        )


def _name(name: Any, screen: Screen) -> str:
    """A part's name in the reader's language; the other where there is none."""
    return str((name.en if screen.words.tongue == "en" else None) or name.id)


def rfq_join(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Take part in an RFQ that is open to all."""
    screen.document(hub.participations.join_rfq(chosen.id))
    screen.say(screen.words("You take part"))


def rfq_accept_nda(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Accept the agreement that the RFQ shows now."""
    rfq = hub.rfqs.get(chosen.id)
    screen.document(hub.participations.accept_nda(chosen.id, {"nda_version": rfq.nda_version}))
    screen.say(screen.words("Agreement accepted"))


def quote_list(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Own quotes."""
    found = list(itertools.islice(hub.quotes.iterate(state=chosen.state, rfq_id=chosen.rfq), chosen.limit))
    screen.document(found)
    screen.table(
        ["Id", "Title", "State", "Submitted", "Valid until"],
        [[quote.id, quote.rfq_title, quote.state_label, quote.submitted_at, quote.valid_until] for quote in found],
    )


def quote_show(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """One quote."""
    _quote(hub.quotes.get(chosen.id), screen)


def _quote(quote: Any, screen: Screen) -> None:
    screen.document(quote)
    content = quote.content
    screen.fields(
        ("Id", quote.id),
        ("State", quote.state_label),
        ("Submitted", quote.submitted_at),
        ("Valid until", content.valid_until if content else None),
        ("Total", _money(quote.totals.computed_total, content.currency) if quote.totals and content else None),
        ("Possible now", ", ".join(quote.allowed_actions)),
    )


def _money(amount: str | None, currency: str) -> str | None:
    return None if amount is None else f"{amount} {currency}"


def quote_draft(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Write a quote, or rewrite the one that is there: the same command again does no harm."""
    body: dict[str, Any] = {
        "valid_until": chosen.valid_until
        or (datetime.datetime.now().astimezone() + datetime.timedelta(days=60)).date().isoformat(),
        "lines": _lines(chosen),
    }
    for name in ("note", "payment_days"):
        if getattr(chosen, name) is not None:
            body[name] = getattr(chosen, name)
    own = next((card for card in hub.quotes.iterate(rfq_id=chosen.rfq) if card.state in ("draft", "submitted")), None)
    quote = hub.quotes.update(own.id, body, if_match=own) if own else hub.quotes.create(chosen.rfq, body)
    screen.say(f"{screen.words('Draft saved')}: {quote.id}")
    _quote(quote, screen)
    screen.say(f"{screen.words('Next')}: jembatan-client quote submit {quote.id}")


def _lines(chosen: argparse.Namespace) -> list[dict[str, Any]]:
    lines: dict[int, dict[str, Any]] = {}
    for line_no, quantity, price in chosen.price:
        line = lines.setdefault(line_no, {"line_no": line_no, "breaks": []})
        line["breaks"].append({"min_quantity": quantity, "unit_price": price})
        if chosen.lead_days is not None:
            line["lead_time_days"] = chosen.lead_days
    for line_no, reason in chosen.decline:
        lines[line_no] = {"line_no": line_no, "answer": "declined", "decline_reason": reason}
    return [lines[line_no] for line_no in sorted(lines)]


def quote_submit(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Submit what the draft says now."""
    seen = hub.quotes.get(chosen.id)
    quote = hub.quotes.submit(chosen.id, if_match=seen, dry_run=chosen.dry_run)
    screen.say(f"{screen.words('Submitted, sealed until the opening')}: {quote.id}")
    _quote(quote, screen)


def order_list(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Orders."""
    found = list(itertools.islice(hub.orders.iterate(state=chosen.state), chosen.limit))
    screen.document(found)
    screen.table(
        ["Id", "Number", "Buyer", "State", "Total"],
        [
            [order.id, order.number, order.buyer_name, order.state_label, _money(order.total, order.currency)]
            for order in found
        ],
    )


def order_show(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """One order."""
    _order(hub.orders.get(chosen.id), screen)


def _order(order: Any, screen: Screen) -> None:
    screen.document(order)
    screen.fields(
        ("Id", order.id),
        ("Number", order.number),
        ("State", order.state_label),
        ("Total", _money(order.total, order.currency)),
        ("Possible now", ", ".join(order.allowed_actions)),
    )
    screen.say("")
    screen.table(
        ["Line", "Part", "Quantity", "Price", "Due", "Promised", "Sent", "Accepted"],
        [
            [
                *(line.line_no, line.part_number, line.ordered, line.unit_price),
                *(line.due_on, line.promised_on, line.despatched, line.accepted),
            ]
            for line in order.lines
        ],
    )


def order_acknowledge(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Accept every line, with the day of each or one for all."""
    order = hub.orders.get(chosen.id)
    days = dict(chosen.on)
    lines = [
        {"line_no": line.line_no, "promised_on": days.get(line.line_no, chosen.date) or _day(line.due_on)}
        for line in order.lines
    ]
    order = hub.orders.acknowledge(chosen.id, {"lines": lines}, if_match=order)
    screen.say(screen.words("Acknowledged"))
    _order(order, screen)


def _day(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def order_despatch(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Tell of goods that leave, with their lots."""
    body: dict[str, Any] = {
        "number": chosen.number,
        "lines": [{"line_no": line_no, "lot": lot, "quantity": quantity} for line_no, lot, quantity in chosen.line],
    }
    for name in ("carrier", "vehicle", "note"):
        if getattr(chosen, name) is not None:
            body[name] = getattr(chosen, name)
    # The number of a delivery note is its own: the same note sent twice is one despatch.
    despatch = hub.despatches.create(chosen.id, body, idempotency_key=_key("despatch", chosen.id, chosen.number))
    screen.document(despatch)
    screen.say(f"{screen.words('Despatched')}: {despatch.id}")


def file_put(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Send a file as it is read. A large one that was broken off goes on where it was, by the same command within a day."""
    path = Path(chosen.path)
    name = chosen.name or path.name
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    # The same for the same content under the same name: a program that was stopped is answered again, or goes on.
    call = Call("POST", "/v1/files", query={"name": name}, idempotency_key=_key("file", name, digest))
    file = hub._engine.store(call, path, StoredFile, _progress(screen), digest)  # noqa: SLF001
    screen.document(file)
    screen.say(f"{screen.words('Uploaded')}: {file.id}  {file.size}  {file.sha256}")


def _key(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def file_get(hub: Hub, chosen: argparse.Namespace, screen: Screen) -> None:
    """Fetch a file; what an earlier attempt left is gone on with, and the whole is checked."""
    # The name comes from somebody else: it names a file here, never a folder.
    path = Path(chosen.path or clean(Path(hub.files.get(chosen.id).name).name))
    got = hub._engine.download(Call("GET", f"/v1/files/{chosen.id}/content"), path, _progress(screen))  # noqa: SLF001
    if screen.as_json:
        screen.document(hub.files.get(chosen.id))
    screen.say(f"{screen.words('Downloaded')}: {got.path}  {got.size}  {got.sha256}")


def _progress(screen: Screen) -> Progress | None:
    if screen.as_json or not sys.stderr.isatty():
        return None
    told = [0.0]

    def tell(done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - told[0] > 0.2 or done == total:  # noqa: PLR2004
            told[0] = now
            share = f"{100 * done // total} %" if total else ""
            sys.stderr.write(f"\r{done >> 20} MiB {share} ")
            if done == total:
                sys.stderr.write("\n")

    return tell
