"""The command line itself: arguments, the key, and what the exit code says.

0 done · 1 refused by the server · 2 a mistake in the command · 3 not reachable · 4 no key, or one that may not · 5 a file
did not arrive whole · 130 stopped from the keyboard.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence

import httpx

from ..errors import ApiError, TransferError
from ..hub import Hub
from ..version import VERSION
from . import commands, following
from .show import Screen, clean
from .words import Words, language

DONE, REFUSED, USAGE, UNREACHABLE, NO_KEY, BROKEN, STOPPED = 0, 1, 2, 3, 4, 5, 130
Run = Callable[[Hub, argparse.Namespace, Screen], None]


def _price(text: str) -> tuple[int, str, str]:
    """`1=12500`: line 1 at any quantity; `1@100=11000`: from 100 on."""
    found = re.fullmatch(r"(\d+)(?:@([\d.]+))?=([\d.]+)", text)
    if not found:
        raise argparse.ArgumentTypeError("LINE=PRICE or LINE@QUANTITY=PRICE, such as 1=12500 or 1@100=11000")
    return int(found[1]), found[2] or "1", found[3]


def _pair(text: str) -> tuple[int, str]:
    """`2=capacity_full`."""
    line, equals, value = text.partition("=")
    if not equals or not line.isdigit() or not value:
        raise argparse.ArgumentTypeError("LINE=VALUE")
    return int(line), value


def _lot(text: str) -> tuple[int, str, str]:
    """`1:LOT-7=100`."""
    found = re.fullmatch(r"(\d+):(.+)=([\d.]+)", text)
    if not found:
        raise argparse.ArgumentTypeError("LINE:LOT=QUANTITY, such as 1:H7731=100")
    return int(found[1]), found[2], found[3]


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    main = argparse.ArgumentParser(
        "jembatan-client", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    main.add_argument("--version", action="version", version=VERSION)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--url", default=os.environ.get("JEMBATAN_URL"), help="the server (JEMBATAN_URL)")
    common.add_argument("--lang", choices=["id", "en"], help="otherwise from LANG")
    common.add_argument("--json", action="store_true", help="for machines")
    nouns = main.add_subparsers(dest="noun", required=True, metavar="rfq|quote|order|file|events")

    def noun(name: str) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
        return nouns.add_parser(name).add_subparsers(dest="verb", required=True)

    def verb(
        group: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Run, *places: str
    ) -> argparse.ArgumentParser:
        made = group.add_parser(name, parents=[common], help=run.__doc__, description=run.__doc__)
        made.set_defaults(run=run)
        for place in places:
            made.add_argument(place)
        return made

    def listing(group: "argparse._SubParsersAction[argparse.ArgumentParser]", run: Run) -> argparse.ArgumentParser:
        made = verb(group, "list", run)
        made.add_argument("--state")
        made.add_argument("--limit", type=int, default=50)
        return made

    rfq = noun("rfq")
    listing(rfq, commands.rfq_list).add_argument(
        "--fit", action="store_true", help="what suits your workshop, best first"
    )
    verb(rfq, "show", commands.rfq_show, "id")
    verb(rfq, "join", commands.rfq_join, "id")
    verb(rfq, "accept-nda", commands.rfq_accept_nda, "id")
    quote = noun("quote")
    listing(quote, commands.quote_list).add_argument("--rfq")
    verb(quote, "show", commands.quote_show, "id")
    draft = verb(quote, "draft", commands.quote_draft, "rfq")
    draft.add_argument("--price", type=_price, action="append", default=[], metavar="LINE[@QUANTITY]=PRICE")
    draft.add_argument("--decline", type=_pair, action="append", default=[], metavar="LINE=REASON")
    draft.add_argument("--lead-days", type=int)
    draft.add_argument("--valid-until", metavar="YYYY-MM-DD", help="otherwise in 60 days")
    draft.add_argument("--payment-days", type=int)
    draft.add_argument("--note")
    verb(quote, "submit", commands.quote_submit, "id").add_argument("--dry-run", action="store_true")
    order = noun("order")
    listing(order, commands.order_list)
    verb(order, "show", commands.order_show, "id")
    acknowledge = verb(order, "acknowledge", commands.order_acknowledge, "id")
    acknowledge.add_argument(
        "--date", metavar="YYYY-MM-DD", help="promised for every line; otherwise the day it is due"
    )
    acknowledge.add_argument("--on", type=_pair, action="append", default=[], metavar="LINE=YYYY-MM-DD")
    despatch = verb(order, "despatch", commands.order_despatch, "id")
    despatch.add_argument("--number", required=True, help="of the delivery note")
    despatch.add_argument("--line", type=_lot, action="append", required=True, metavar="LINE:LOT=QUANTITY")
    for name in ("--carrier", "--vehicle", "--note"):
        despatch.add_argument(name)
    file = noun("file")
    verb(file, "put", commands.file_put, "path").add_argument("--name")
    verb(file, "get", commands.file_get, "id").add_argument("path", nargs="?")
    follow = verb(noun("events"), "follow", following.events_follow)
    follow.add_argument("--after", help="the cursor that the last run ended with")
    follow.add_argument("--cursor", metavar="FILE", help="keeps the cursor: the next run goes on behind what this one showed")
    follow.add_argument("--type", dest="types", action="append")
    follow.add_argument("--subject")
    follow.add_argument("--poll", action="store_true", help="ask again and again, as where no connection can stay open")
    follow.add_argument("--every", type=float, default=5.0, help="seconds between questions, where it asks")
    follow.add_argument("--once", action="store_true", help="end when there is nothing new")
    return main


def key(url: str) -> str | None:
    """The key: from JEMBATAN_KEY, or of this server from the keyring where that package is installed."""
    found = os.environ.get("JEMBATAN_KEY")
    if found:
        return found
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        return None
    stored: str | None = keyring.get_password("jembatan-client", url)
    return stored


def _fail(code: int, text: str) -> int:
    sys.stderr.write(text + "\n")
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    chosen = parser().parse_args(arguments)
    words = Words(language(chosen.lang))
    if not chosen.url:
        return _fail(USAGE, words("No address. Set JEMBATAN_URL or give --url."))
    secret = key(chosen.url)
    if not secret:
        return _fail(NO_KEY, words("No key. Set JEMBATAN_KEY, or store one in the keyring."))
    screen = Screen(words, as_json=chosen.json)
    try:
        with Hub(chosen.url, secret, language=words.tongue) as hub:
            chosen.run(hub, chosen, screen)
    except ApiError as error:
        lines = [
            f"{words('Refused')}: {clean(error)}",
            *(f"  {clean(place)}: {clean(said)}" for place, said in error.errors),
        ]
        if error.problem and error.problem.allowed_actions:
            lines.append(f"  {words('Possible now')}: {', '.join(map(clean, error.problem.allowed_actions))}")
        return _fail(NO_KEY if error.status in (401, 403) else REFUSED, "\n".join(lines))
    except httpx.HTTPError as error:
        return _fail(UNREACHABLE, f"{words('The server cannot be reached')}: {clean(error)}")
    except TransferError as error:
        return _fail(BROKEN, f"{words('The file did not arrive whole')}: {clean(error)}")
    except OSError as error:
        return _fail(USAGE, clean(error))
    except KeyboardInterrupt:
        return _fail(STOPPED, words("Stopped."))
    return DONE
