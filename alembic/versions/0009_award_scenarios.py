"""Award scenarios on record: which split was asked for, and what was found, before an award.

Revision ID: 0009
Revises: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SCENARIOS = """
CREATE TABLE award_scenario (
    id uuid PRIMARY KEY,
    rfq_id uuid NOT NULL REFERENCES rfq,
    buyer_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('solved')),
    version integer NOT NULL CHECK (version > 0),
    -- The RFQ as it was read.
    rfq_version integer NOT NULL CHECK (rfq_version > 0),
    outcome text NOT NULL CHECK (outcome IN ('optimal', 'bounded', 'infeasible', 'unsolved')),
    currency text NOT NULL CHECK (length(currency) = 3),
    total numeric(20, 4) CHECK (total >= 0 AND total <> 'NaN'),
    -- sha256 of the canonical JSON of `content`.
    digest bytea NOT NULL CHECK (length(digest) = 32),
    solved_by text NOT NULL CHECK (length(solved_by) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL,
    content jsonb NOT NULL,
    CONSTRAINT award_scenario_total_of_a_split CHECK ((total IS NOT NULL) = (outcome IN ('optimal', 'bounded')))
);
CREATE INDEX award_scenario_of_rfq ON award_scenario (rfq_id, id);
CREATE TRIGGER award_scenario_is_history BEFORE UPDATE OR DELETE ON award_scenario
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

GRANTS = """
GRANT SELECT, INSERT ON award_scenario TO jembatan_api;
"""


def upgrade() -> None:
    """Create the table and say who may do what with it."""
    op.run_sql(SCENARIOS)
    op.run_sql(GRANTS)


def downgrade() -> None:
    """Not offered: scenarios are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
