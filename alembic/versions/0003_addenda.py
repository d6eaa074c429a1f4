"""Addenda: what changed of a published RFQ, which prices still stand, and quotes that wait for their supplier.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ADDENDA = """
CREATE TABLE rfq_addendum (
    rfq_id uuid NOT NULL REFERENCES rfq,
    -- The first publication is revision 1.
    revision integer NOT NULL CHECK (revision > 1),
    published_at timestamptz NOT NULL,
    published_by text NOT NULL CHECK (length(published_by) <= 200),
    summary text NOT NULL CHECK (length(summary) BETWEEN 1 AND 2000),
    material boolean NOT NULL,
    -- For everybody who may read the RFQ.
    changes jsonb NOT NULL,
    -- For the buyer: what suppliers are not shown of its lines.
    private_changes jsonb NOT NULL,
    quotes_close_before timestamptz NOT NULL,
    quotes_close_at timestamptz NOT NULL CHECK (quotes_close_at >= quotes_close_before),
    questions_close_before timestamptz,
    questions_close_at timestamptz,
    PRIMARY KEY (rfq_id, revision)
);
CREATE TRIGGER rfq_addendum_is_history BEFORE UPDATE OR DELETE ON rfq_addendum
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Digests from before changes that bear on no price: what was priced at them still stands.
ALTER TABLE rfq_line ADD COLUMN also_current bytea[] NOT NULL DEFAULT '{}' CHECK (cardinality(also_current) <= 100);
"""

QUOTES = """
ALTER TABLE quote DROP CONSTRAINT quote_state_check;
ALTER TABLE quote ADD CONSTRAINT quote_state_check CHECK (state IN (
    'draft', 'submitted', 'needs_reconfirmation', 'opened', 'awarded', 'partially_awarded', 'not_awarded', 'withdrawn',
    'lapsed', 'disqualified', 'expired'
));
ALTER TABLE quote DROP CONSTRAINT quote_check;
ALTER TABLE quote ADD CONSTRAINT quote_check CHECK (
    state NOT IN ('submitted', 'needs_reconfirmation', 'opened') OR submission > 0
);
-- Lines that the submission which counts prices at a revision that an addendum has replaced.
ALTER TABLE quote ADD COLUMN lines_to_reconfirm integer[] NOT NULL DEFAULT '{}';
ALTER TABLE quote ADD CONSTRAINT quote_waits_for_lines CHECK (
    CASE state WHEN 'submitted' THEN cardinality(lines_to_reconfirm) = 0
               WHEN 'needs_reconfirmation' THEN cardinality(lines_to_reconfirm) > 0
               ELSE true END
);

-- Which lines a submission prices, and at which revision: never a price. The sealed content says the same.
CREATE TABLE quote_priced (
    quote_id uuid NOT NULL,
    number integer NOT NULL,
    line_nos integer[] NOT NULL,
    digests bytea[] NOT NULL,
    PRIMARY KEY (quote_id, number),
    FOREIGN KEY (quote_id, number) REFERENCES quote_submission,
    CHECK (cardinality(line_nos) = cardinality(digests))
);
CREATE TRIGGER quote_priced_is_history BEFORE UPDATE OR DELETE ON quote_priced
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

GRANTS = """
GRANT SELECT, INSERT ON rfq_addendum, quote_priced TO jembatan_api;
"""


def upgrade() -> None:
    """Create the tables, and widen what a quote may be."""
    for script in (ADDENDA, QUOTES, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: addenda are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
