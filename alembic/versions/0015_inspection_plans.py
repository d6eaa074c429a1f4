"""Inspection plans, the samples that lots get, and verdicts on them.

Revision ID: 0015
Revises: 0022
"""

from alembic import op

revision = "0015"
down_revision = "0022"
branch_labels = None
depends_on = None

PLANS = """
CREATE TABLE inspection_plan (
    id uuid PRIMARY KEY,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    part_number text NOT NULL,
    state text NOT NULL CHECK (state IN ('normal', 'tightened', 'reduced', 'ship_to_stock', 'discontinued')),
    version integer NOT NULL CHECK (version > 0),
    terms jsonb NOT NULL,
    score integer NOT NULL CHECK (score >= 0),
    recent boolean[] NOT NULL CHECK (cardinality(recent) <= 5),
    rejected integer NOT NULL CHECK (rejected BETWEEN 0 AND 5),
    run integer NOT NULL CHECK (run >= 0),
    skipped integer NOT NULL CHECK (skipped >= 0),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT inspection_plan_of_part UNIQUE (buyer_id, supplier_id, part_number),
    -- Nothing is trusted that the buyer did not ask to trust, nor before the run that it named.
    CONSTRAINT inspection_plan_trusts_by_terms CHECK (
        state <> 'ship_to_stock' OR run >= COALESCE((terms ->> 'ship_to_stock_after')::integer, 2147483647)
    ),
    CONSTRAINT inspection_plan_reduces_by_terms CHECK (state <> 'reduced' OR (terms ->> 'allow_reduced')::boolean)
);
"""

INSPECTIONS = """
ALTER TABLE inspection ADD COLUMN sampling jsonb NOT NULL DEFAULT '[]';

CREATE FUNCTION keep_sampling() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the sample of a lot is fixed when it arrives'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'inspection_sampling_fixed';
END
$$;
CREATE TRIGGER inspection_keeps_sampling BEFORE UPDATE ON inspection FOR EACH ROW
    WHEN (NEW.sampling IS DISTINCT FROM OLD.sampling) EXECUTE FUNCTION keep_sampling();

ALTER TABLE receipt_line
    -- Of the lot's sample; NULL without one, and while it is not whole.
    ADD COLUMN verdict text CHECK (verdict IN ('passed', 'failed')),
    -- Units that the sample showed nonconforming, at least.
    ADD COLUMN nonconforming numeric(20, 6) NOT NULL DEFAULT 0 CHECK (nonconforming >= 0 AND nonconforming <> 'NaN'),
    ADD COLUMN conceded boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT receipt_line_failed_accepted CHECK (
        verdict IS DISTINCT FROM 'failed' OR accepted = 0 OR conceded OR rejected >= nonconforming
    );
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON inspection_plan TO jembatan_api;
"""


def upgrade() -> None:
    """Add inspection plans and what they ask of a lot."""
    for script in (PLANS, INSPECTIONS, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: verdicts are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
