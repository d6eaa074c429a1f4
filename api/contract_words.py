"""What the document says beside its operations: tags and members in words, and the messages that webhooks send."""

import functools
from pathlib import Path

from litestar.openapi.spec import Tag

from api.contract.webhooks import TAG, Webhook
from api.webhooks.message import CloudEvent, CloudTest, WebhookMessage, WebhookTest

_TAGS: dict[str, str] = {
    "Addenda": "Changes of a published RFQ, numbered and never taken back.",
    "AwardScenarios": "Which split of an RFQ over its quotes would be best under given conditions.",
    "Awards": "Who is offered which lines, for how long, and what became of the offer.",
    "Capabilities": "What a workshop can make: processes, materials, sizes, certificates.",
    "ChangeOrders": "What one side of an order proposes to change and the other signs.",
    "CodeMappings": "What an organisation's own system calls our codes.",
    "Comparisons": "The bid tab of an RFQ: opened quotes side by side, as JSON, CSV or a workbook.",
    "CostClaims": "What a nonconformance cost, claimed, answered and settled.",
    "CounterOffers": "Negotiation in writing about an opened quote.",
    "Credentials": "API keys of an organisation: made, rotated, revoked.",
    "Despatches": "What a supplier sent, with its delivery note.",
    "Documents": "Drawings and other files of an RFQ.",
    "Events": "What happened, for everybody who may know: the feed that an integration follows.",
    "Files": "Contents of files: upload, description, download.",
    "FirstArticles": "Approval of the first pieces before production may leave.",
    "Health": "Whether the server lives and is ready, and what it counts.",
    "Imports": "Lines of an RFQ from tables of an ERP.",
    "Inspections": "What a buyer found when it looked at received goods, and the plans it looks by.",
    "Invoices": "Invoices, their match against what was ordered and accepted, and payments as evidence.",
    "Matches": "Which workshops fit an RFQ.",
    "Memberships": "Workshops in a cooperative, and who speaks for them.",
    "Meta": "Who am I, which codes and states are there.",
    "Nonconformances": "Rejected pieces and complaints: cause, correction, disposition, return.",
    "OAuth": "Access tokens for a client, and the keys that they are signed with.",
    "Objections": "A losing supplier's objection to an intended award.",
    "Orders": "Purchase orders, line by line, with what was sent, received and accepted.",
    "Organisations": "Buyers, workshops and those who vouch for them.",
    "Participations": "Who is invited to an RFQ and takes part in it.",
    "Questions": "What participants ask about an RFQ, and answers that all can read.",
    "Quotes": "Sealed until opened: what a workshop offers.",
    "Receipts": "What a buyer received of a despatch.",
    "Registrations": "How an organisation gets in.",
    "Reports": "Figures over many RFQs that tell nobody's own.",
    "Rfqs": "Requests for quotation, from draft to award.",
    "Schedules": "When which quantity of an order line is due, forecast and firm.",
    "Scorecards": "Figures of an organisation from its own events, and its right of reply.",
    "Scores": "What evaluators give to quotes beside the price.",
    "Tokens": "Short-lived access tokens in place of API keys.",
    "Traceability": "One characteristic from drawing to claim; one lot; one order in sentences.",
    "Uploads": "Files in pieces that survive a cut line.",
    "WebhookEvents": "What our server sends to yours.",
    "Webhooks": "Where events are sent, with which filter and secret, and how that goes.",
}


def tags() -> list[Tag]:
    """Every tag with its description. One that no operation has is left out of the document."""
    return [Tag(name=name, description=text) for name, text in _TAGS.items()]


WEBHOOKS: tuple[Webhook, ...] = (
    Webhook(
        name="event",
        operation_id="receiveEvent",
        summary="An event, as the feed shows it",
        description="Sent to each endpoint whose filter admits it, in the order of the feed for each subject, until it is "
        "accepted or given up after 75 hours. What the ledger tells one organisation alone is left out.",
        body=WebhookMessage,
        cloud_event=CloudEvent,
    ),
    Webhook(
        name="test",
        operation_id="receiveTest",
        summary="A message to see whether messages arrive",
        description="Sent once for each call of `test_webhook_endpoint`; it says which endpoint it is for.",
        body=WebhookTest,
        cloud_event=CloudTest,
    ),
)
assert TAG in _TAGS


@functools.cache
def members() -> dict[str, str]:
    """What members of bodies mean, by name or by `Component.name`: contract_members.txt."""
    text = Path(__file__).with_name("contract_members.txt").read_text("utf-8")
    lines = (line.partition(": ") for line in text.splitlines() if not line.startswith("#"))
    return {name: meaning for name, _, meaning in lines}
