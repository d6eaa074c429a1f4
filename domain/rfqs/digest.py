"""The fingerprint of what a price depends on, one for each line: an addendum disturbs only lines whose digest moved."""

import hashlib
from collections.abc import Iterable

import msgspec

from domain.rfqs.model import Document, LineDraft, Terms
from domain.sealing import canonical


def line_digest(line: LineDraft, terms: Terms, documents: Iterable[Document]) -> str:
    """Lower-case hex sha256 of the canonical JSON of spec, quantity, terms, and the hashes of the documents it needs.

    The buyer's baseline and a hidden target price do not count: no supplier sees them.
    """
    spec = msgspec.structs.replace(
        line.spec, baseline=None, target_price=line.spec.target_price if line.spec.target_price_shown else None
    )
    hashes = sorted(
        (document.kind, document.sha256)
        for document in documents
        if document.line_no is None or document.line_no == line.line_no
    )
    content = {
        "spec": spec,
        "quantity": line.quantity,
        "unit": line.unit,
        "incoterm": terms.incoterm,
        "delivery_place": terms.delivery_place,
        "payment_days": terms.payment_days,
        "documents": hashes,
    }
    return hashlib.sha256(canonical(content)).hexdigest()
