"""First articles, and the gate that holds production back until one is approved.

Revision ID: 0014
Revises: 0011
"""

from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None

GATE = """
ALTER TABLE order_line
    -- none: no approval is asked for; closed: only samples are sent; limited: an approval with deviation; open: approved.
    ADD COLUMN gate text NOT NULL DEFAULT 'none',
    -- How much production may be despatched in all under an approval with deviation, and until when; NULL: no such bound.
    ADD COLUMN gate_quantity numeric(20, 6) CHECK (gate_quantity > 0 AND gate_quantity <> 'NaN'),
    ADD COLUMN gate_until timestamptz,
    -- How much of `despatched` were samples.
    ADD COLUMN sampled numeric(20, 6) NOT NULL DEFAULT 0,
    -- How much may be sent as samples: grows with each rejected attempt.
    ADD COLUMN sample_limit numeric(20, 6) NOT NULL DEFAULT 5 CHECK (sample_limit >= 0),
    ADD CONSTRAINT order_line_gate CHECK (
        gate IN ('none', 'closed', 'limited', 'open')
        AND (gate = 'limited') = (gate_quantity IS NOT NULL OR gate_until IS NOT NULL)
    ),
    ADD CONSTRAINT order_line_sampled CHECK (sampled >= 0 AND sampled <= despatched AND sampled <= sample_limit);

ALTER TABLE despatch ADD COLUMN kind text NOT NULL DEFAULT 'production' CHECK (kind IN ('production', 'sample'));

-- What the rules say is said here too: no production leaves while the gate is closed, nor beyond what a deviation allows.
CREATE FUNCTION keep_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.despatched - NEW.sampled <= OLD.despatched - OLD.sampled THEN
        RETURN NEW;
    END IF;
    IF NEW.gate = 'closed' THEN
        RAISE EXCEPTION 'no production is despatched before the first article is approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_production_after_approval';
    END IF;
    IF NEW.gate = 'limited' AND (NEW.despatched - NEW.sampled > NEW.gate_quantity OR clock_timestamp() >= NEW.gate_until) THEN
        RAISE EXCEPTION 'the approval with deviation does not reach so far'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_production_within_deviation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER order_line_keeps_gate BEFORE UPDATE ON order_line FOR EACH ROW
    WHEN (NEW.despatched IS DISTINCT FROM OLD.despatched) EXECUTE FUNCTION keep_gate();

-- Lines that were ordered before there was a gate: production that has begun was agreed on elsewhere.
UPDATE order_line SET gate = 'closed' WHERE detail ->> 'approval_plan' <> 'none' AND despatched = 0;
UPDATE order_line SET gate = 'open' WHERE detail ->> 'approval_plan' <> 'none' AND despatched > 0;
"""

FIRST_ARTICLES = """
CREATE TABLE first_article (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    line_no integer NOT NULL,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    attempt integer NOT NULL CHECK (attempt BETWEEN 1 AND 50),
    state text NOT NULL CHECK (state IN ('submitted', 'approved', 'approved_with_deviation', 'rejected', 'withdrawn')),
    version integer NOT NULL CHECK (version > 0),
    content jsonb NOT NULL,
    decision jsonb,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    FOREIGN KEY (order_id, line_no) REFERENCES order_line (order_id, line_no),
    CONSTRAINT first_article_attempt UNIQUE (order_id, line_no, attempt),
    CONSTRAINT first_article_decided CHECK ((decision IS NULL) = (state IN ('submitted', 'withdrawn')))
);
CREATE INDEX first_article_of_order ON first_article (order_id, id);
CREATE UNIQUE INDEX first_article_one_open ON first_article (order_id, line_no) WHERE state = 'submitted';

-- Files that one party of an order has put before the other: with a first article, a despatch, an invoice, a claim.
CREATE TABLE order_paper (
    order_id uuid NOT NULL REFERENCES purchase_order,
    file_id uuid NOT NULL REFERENCES file,
    PRIMARY KEY (order_id, file_id)
);
CREATE INDEX order_paper_of_file ON order_paper (file_id);
CREATE TRIGGER order_paper_is_history BEFORE UPDATE OR DELETE ON order_paper
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON first_article TO jembatan_api;
GRANT SELECT, INSERT ON order_paper TO jembatan_api;
"""


def upgrade() -> None:
    """Add first articles and the gate."""
    for script in (GATE, FIRST_ARTICLES, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: first articles are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
