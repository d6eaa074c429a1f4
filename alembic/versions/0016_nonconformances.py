"""Nonconformances in depth: dispositions that move quantities, returns, replacements, cost claims.

Revision ID: 0016
Revises: 0020
"""

from alembic import op

revision = "0016"
down_revision = "0020"
branch_labels = None
depends_on = None

QUANTITIES = """
ALTER TABLE order_line
    -- How much of what was rejected went back to the supplier.
    ADD COLUMN returned numeric(20, 6) NOT NULL DEFAULT 0,
    ADD CONSTRAINT order_line_returned_within_rejected CHECK (returned >= 0 AND returned <= rejected);

ALTER TABLE nonconformance
    -- rejection: an inspection opened it; complaint: the buyer, about pieces that had been accepted.
    ADD COLUMN origin text NOT NULL DEFAULT 'rejection' CHECK (origin IN ('rejection', 'complaint')),
    -- What becomes of which part of the quantity: [{disposition, quantity, reference}].
    ADD COLUMN dispositions jsonb NOT NULL DEFAULT '[]',
    -- What was carried out of it.
    ADD COLUMN reworked numeric(20, 6) NOT NULL DEFAULT 0 CHECK (reworked >= 0),
    ADD COLUMN conceded numeric(20, 6) NOT NULL DEFAULT 0 CHECK (conceded >= 0),
    ADD COLUMN returned numeric(20, 6) NOT NULL DEFAULT 0 CHECK (returned >= 0),
    ADD COLUMN replaced numeric(20, 6) NOT NULL DEFAULT 0 CHECK (replaced >= 0),
    ADD CONSTRAINT nonconformance_within_quantity CHECK (
        reworked + conceded + returned <= quantity AND reworked + conceded + replaced <= quantity
    ),
    DROP CONSTRAINT nonconformance_disposition_check,
    ADD CONSTRAINT nonconformance_disposition_check
        CHECK (disposition IN ('rework', 'return', 'replace', 'scrap', 'use_as_is'));
-- Until now a disposition was of the whole quantity, and moved nothing.
UPDATE nonconformance
   SET dispositions = jsonb_build_array(jsonb_build_object('disposition', disposition, 'quantity', quantity, 'reference', NULL))
 WHERE disposition IN ('return', 'replace', 'scrap');
UPDATE nonconformance SET disposition = NULL WHERE disposition = 'rework';

-- The nonconformance in place of whose pieces a despatch is sent.
ALTER TABLE despatch ADD COLUMN replaces uuid REFERENCES nonconformance;
CREATE INDEX despatch_of_nonconformance ON despatch (replaces) WHERE replaces IS NOT NULL;
"""

RETURNS = """
CREATE TABLE return_shipment (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES purchase_order,
    nonconformance_id uuid NOT NULL REFERENCES nonconformance,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('sent', 'received')),
    version integer NOT NULL CHECK (version > 0),
    reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 40),
    quantity numeric(20, 6) NOT NULL CHECK (quantity > 0 AND quantity <> 'NaN'),
    note text CHECK (length(note) BETWEEN 1 AND 2000),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT return_shipment_reference UNIQUE (buyer_id, reference)
);
CREATE INDEX return_shipment_of_order ON return_shipment (order_id, id);
CREATE INDEX return_shipment_of_nonconformance ON return_shipment (nonconformance_id);
"""

CLAIMS = """
CREATE TABLE cost_claim (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES purchase_order,
    nonconformance_id uuid NOT NULL REFERENCES nonconformance,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('raised', 'agreed', 'contested', 'settled', 'withdrawn')),
    version integer NOT NULL CHECK (version > 0),
    category text NOT NULL CHECK (category IN ('sorting', 'rework', 'transport', 'material', 'line_stop', 'other')),
    currency text NOT NULL,
    amount numeric(20, 4) NOT NULL CHECK (amount > 0 AND amount <> 'NaN'),
    agreed_amount numeric(20, 4),
    note text NOT NULL CHECK (length(note) BETWEEN 1 AND 2000),
    answer text CHECK (length(answer) BETWEEN 1 AND 2000),
    settlement text CHECK (length(settlement) BETWEEN 1 AND 200),
    files jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT cost_claim_agreed CHECK (
        (state IN ('agreed', 'settled')) = (agreed_amount IS NOT NULL) AND agreed_amount > 0 AND agreed_amount <= amount
    ),
    CONSTRAINT cost_claim_settled CHECK ((state = 'settled') = (settlement IS NOT NULL))
);
CREATE INDEX cost_claim_of_order ON cost_claim (order_id, id);
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON return_shipment, cost_claim TO jembatan_api;
"""


def upgrade() -> None:
    """Add what follows a rejection."""
    for script in (QUANTITIES, RETURNS, CLAIMS, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: claims are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
