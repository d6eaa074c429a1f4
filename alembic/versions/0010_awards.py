"""Standstill and acceptance window of awards, objections, who comes next, and the chain of RFQs issued again.

Revision ID: 0010
Revises: 0009
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

AWARDS = """
-- The clock ends an issued award that nobody answered. NULL: issued before there were windows.
ALTER TABLE award
    ADD COLUMN standstill_until timestamptz,
    ADD COLUMN accept_by timestamptz,
    -- The ended award whose quantity this one offers to the next in rank.
    ADD COLUMN follows uuid REFERENCES award,
    -- What the buyer tells losing quotes instead of what the figures say: [[quote id, code], …].
    ADD COLUMN reasons jsonb NOT NULL DEFAULT '[]',
    ADD CONSTRAINT award_accept_after_standstill CHECK (accept_by > standstill_until),
    DROP CONSTRAINT award_state_check,
    ADD CONSTRAINT award_state_check
        CHECK (state IN ('proposed', 'issued', 'accepted', 'declined', 'lapsed', 'cancelled'));
CREATE INDEX award_to_lapse ON award (accept_by) WHERE state = 'issued';

-- What the rules say is said here too: nobody accepts within the standstill, nor from `accept_by` on.
CREATE FUNCTION keep_award_window() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.answered_at < OLD.standstill_until OR NEW.answered_at >= OLD.accept_by THEN
        RAISE EXCEPTION 'an award is accepted from the end of its standstill on and before accept_by'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'award_accepted_within_window';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER award_keeps_window BEFORE UPDATE ON award FOR EACH ROW
    WHEN (NEW.state = 'accepted' AND OLD.state = 'issued') EXECUTE FUNCTION keep_award_window();
"""

OBJECTIONS = """
CREATE TABLE objection (
    id uuid PRIMARY KEY,
    rfq_id uuid NOT NULL REFERENCES rfq,
    quote_id uuid NOT NULL REFERENCES quote,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('filed', 'upheld', 'dismissed')),
    version integer NOT NULL CHECK (version > 0),
    text text NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
    filed_by text NOT NULL,
    answer text CHECK (length(answer) BETWEEN 1 AND 2000),
    decided_by text,
    decided_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT objection_decided_with_answer CHECK (
        (state = 'filed') = (answer IS NULL) AND (state = 'filed') = (decided_at IS NULL)
    )
);
CREATE UNIQUE INDEX objection_one_open ON objection (rfq_id, supplier_id) WHERE state = 'filed';
CREATE INDEX objection_of_rfq ON objection (rfq_id, id);
"""

RFQS = """
-- The RFQ that was made from this one, draft or published: there is one at most.
ALTER TABLE rfq ADD COLUMN reissued_as uuid;
CREATE UNIQUE INDEX rfq_reissued_once ON rfq (reissue_of) WHERE reissue_of IS NOT NULL;
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON objection TO jembatan_api;
"""


def upgrade() -> None:
    """Add what awards need to be defended."""
    for script in (AWARDS, OBJECTIONS, RFQS, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: objections are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
