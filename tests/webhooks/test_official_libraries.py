"""The official libraries of Standard Webhooks, for Python and for JavaScript, verify what really arrives; during a rotation too."""

import asyncio
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from outbox import Outbox
from receivers import Received, receiver
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from world import World

NODE = Path(__file__).parent / "node"
REFUSALS = {"No matching signature found", "Invalid Signature Headers", "Message timestamp too old"}


class Question(NamedTuple):
    """One delivery, and the secret that its receiver has."""

    secret: str
    body: str
    headers: dict[str, str]

    @classmethod
    def of(cls, request: Received, secret: str, *, body: str | None = None, **headers: str) -> "Question":
        sent = request.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(secret, request.body.decode() if body is None else body, sent)


def by_python(questions: list[Question]) -> list[Any]:
    """What the Python library says: the message, or None."""

    def ask(question: Question) -> Any:
        try:
            return Webhook(question.secret).verify(question.body, question.headers)
        except WebhookVerificationError:
            return None

    return [ask(question) for question in questions]


def by_node(questions: list[Question]) -> list[Any]:
    """What the JavaScript library says: the message, or None."""
    asked = subprocess.run(
        ["node", "verify.mjs"],
        cwd=NODE,
        input=msgspec.json.encode([question._asdict() for question in questions]),
        capture_output=True,
        check=True,
        timeout=30,
    )
    verdicts = msgspec.json.decode(asked.stdout)
    assert {verdict["refused"] for verdict in verdicts if "refused" in verdict} <= REFUSALS
    return [verdict.get("told") for verdict in verdicts]


def need_node() -> None:
    if shutil.which("node") is None:
        pytest.skip("node is not installed: the JavaScript library of Standard Webhooks is not asked")
    if not (NODE / "node_modules" / "standardwebhooks").is_dir():
        pytest.skip("run `npm ci` in tests/webhooks/node: the JavaScript library of Standard Webhooks is not asked")


@pytest.mark.parametrize("library", [by_python, by_node])
@pytest.mark.parametrize("body_format", ["standard", "cloudevents"])
async def test_deliveries_are_verified(
    library: Callable[[list[Question]], list[Any]], body_format: str, world: World, outbox: Outbox
) -> None:
    if library is by_node:
        need_node()
    buyer = await world.party(
        "buyer", name="PT Roda Gigi „Halus“ µm"
    )  # its name is in every body: more than ASCII is signed
    async with receiver() as partner, outbox.at_work():
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"], body_format=body_format)
        path = f"/v1/webhook-endpoints/{endpoint['id']}"
        await world.draft(buyer)
        await partner.until(1)
        await buyer.done("POST", f"{path}/test")
        await partner.until(2)
        rotated = await buyer.done("POST", f"{path}/rotate-secret")
        await world.draft(buyer)
        await partner.until(3)
        await world.owner.execute("UPDATE webhook_endpoint SET previous_until = now() WHERE previous_until IS NOT NULL")
        await world.draft(buyer)
        before, test, during, after = await partner.until(4)
    old, new = endpoint["secret"], rotated["secret"]
    assert not before.body.isascii()
    good = [(before, old), (test, old), (during, old), (during, new), (after, new)]
    bad = [
        Question.of(before, new),
        Question.of(after, old),
        Question.of(before, old, body=before.body.decode() + " "),
        Question.of(before, old, webhook_id=after.id),
        Question.of(before, old, webhook_timestamp="1700000000"),
        Question.of(during, new, webhook_signature=during.headers["webhook-signature"].replace("v1,", "v2,")),
    ]
    questions = [*(Question.of(request, secret) for request, secret in good), *bad]
    told = await asyncio.to_thread(library, questions)
    assert told == [*(request.json for request, _ in good), *[None] * len(bad)]
