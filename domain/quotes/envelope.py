"""How content goes into a submission and comes out: sealed for the opening, copied for its supplier, committed to.

The sealed text and the supplier's copy hold the same: canonical content and the nonce of its commitment.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from domain.errors import SealBroken
from domain.ids import show
from domain.quotes.model import Quote, QuoteContent, Receipt, Submission, TechnicalPart
from domain.sealing import Sealer, canonical, commitment, new_nonce


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """What is encrypted. The content stays the very bytes that were committed to, whatever later releases add to it."""

    content: msgspec.Raw
    nonce: str


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A submission after the opening: the committed bytes, what they say, and the nonce."""

    quote_id: UUID
    raw: bytes
    content: QuoteContent
    nonce: bytes


_PAYLOAD = msgspec.json.Decoder(Payload)
_CONTENT = msgspec.json.Decoder(QuoteContent)
_TECHNICAL = msgspec.json.Decoder(TechnicalPart)


def keep(sealer: Sealer, supplier_id: UUID, content: QuoteContent) -> str:
    """Working content, for its supplier's eyes only."""
    return sealer.keep(supplier_id, canonical(content))


def reread(sealer: Sealer, supplier_id: UUID, working: str) -> QuoteContent:
    """What `keep` was given."""
    return _CONTENT.decode(sealer.reread(supplier_id, working))


def decode(raw: str | bytes) -> QuoteContent:
    """Opened content as it is stored."""
    return _CONTENT.decode(raw)


def decode_technical(raw: str | None) -> TechnicalPart | None:
    """The first of two envelopes as it is stored; None where there is none."""
    return None if raw is None else _TECHNICAL.decode(raw)


def seal(
    sealer: Sealer, public_key: str, quote: Quote, content: QuoteContent, *, number: int, at: datetime
) -> Submission:
    """The submission with that number, under a fresh nonce. `public_key` is the RFQ's."""
    raw, nonce = canonical(content), new_nonce()
    payload = msgspec.json.encode(Payload(content=msgspec.Raw(raw), nonce=nonce.hex()))
    return Submission(
        quote_id=quote.id,
        number=number,
        submitted_at=at,
        commitment=commitment(raw, nonce).hex(),
        sealed=sealer.seal(public_key, payload),
        supplier_copy=sealer.keep(quote.supplier_id, payload),
    )


def submitted(sealer: Sealer, supplier_id: UUID, submission: Submission) -> QuoteContent:
    """The content of a submission, for its supplier's eyes only."""
    return _CONTENT.decode(_PAYLOAD.decode(sealer.reread(supplier_id, submission.supplier_copy)).content)


def receipt(sealer: Sealer, quote: Quote, submission: Submission) -> Receipt:
    """The supplier's receipt, nonce included."""
    _, nonce = own(sealer, quote.supplier_id, submission)
    return Receipt(
        rfq_id=quote.rfq_id,
        round=quote.round,
        quote_id=submission.quote_id,
        number=submission.number,
        submitted_at=submission.submitted_at,
        commitment=submission.commitment,
        nonce=nonce,
    )


def own(sealer: Sealer, supplier_id: UUID, submission: Submission) -> tuple[bytes, str]:
    """(the committed bytes, the nonce in hex) from the supplier's copy."""
    payload = _PAYLOAD.decode(sealer.reread(supplier_id, submission.supplier_copy))
    return bytes(payload.content), payload.nonce


def unseal(sealer: Sealer, rfq_key: OKPKey, quote: Quote, submission: Submission) -> Opened:
    """Decrypt the submission that counts and check it against the receipt. Raises SealBroken when they differ."""
    broken = SealBroken(
        f"The sealed content of {show('quote', quote.id)} is not what its receipt promises. Nothing was opened; "
        "have the operator compare the database with its backups."
    )
    try:
        payload = _PAYLOAD.decode(sealer.unseal(rfq_key, submission.sealed))
        nonce, raw = bytes.fromhex(payload.nonce), bytes(payload.content)
        content = _CONTENT.decode(raw)
    except (JoseError, msgspec.MsgspecError, ValueError) as error:
        raise broken from error
    # Twice: the history of submissions and the quote itself, whose digest is in the chain of events.
    if not commitment(raw, nonce).hex() == submission.commitment == quote.commitment:
        raise broken
    return Opened(quote_id=quote.id, raw=raw, content=content, nonce=nonce)
