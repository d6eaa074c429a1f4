"""What was claimed stays, what was agreed is agreed once, and a claim that has ended has ended.

Revision ID: 0024
Revises: 0018
"""

from alembic import op

revision = "0024"
down_revision = "0018"
branch_labels = None
depends_on = None

GUARDS = """
-- Category, currency, amount, note and files never change.
REVOKE UPDATE ON cost_claim FROM jembatan_api;
GRANT UPDATE (state, version, agreed_amount, answer, settlement, updated_at) ON cost_claim TO jembatan_api;

-- A claim is about a nonconformance of its own order.
ALTER TABLE nonconformance ADD CONSTRAINT nonconformance_with_order UNIQUE (id, order_id);
ALTER TABLE cost_claim
    ADD CONSTRAINT cost_claim_of_same_order FOREIGN KEY (nonconformance_id, order_id)
        REFERENCES nonconformance (id, order_id);
CREATE INDEX cost_claim_of_nonconformance ON cost_claim (nonconformance_id);

-- As before, the amount first: a CHECK that begins with the state is the list of states.
ALTER TABLE cost_claim
    DROP CONSTRAINT cost_claim_agreed,
    ADD CONSTRAINT cost_claim_agreed CHECK (
        (agreed_amount IS NOT NULL) = (state IN ('agreed', 'settled')) AND agreed_amount > 0 AND agreed_amount <= amount
    );

CREATE FUNCTION keep_cost_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a cost claim is agreed once and ends once'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'cost_claim_kept';
END
$$;
CREATE TRIGGER cost_claim_kept BEFORE UPDATE ON cost_claim FOR EACH ROW
    WHEN (
        OLD.state IN ('settled', 'withdrawn')
        OR (OLD.agreed_amount IS NOT NULL AND NEW.agreed_amount IS DISTINCT FROM OLD.agreed_amount)
    )
    EXECUTE FUNCTION keep_cost_claim();
"""


def upgrade() -> None:
    """Add the guards."""
    op.run_sql(GUARDS)


def downgrade() -> None:
    """Not offered: claims are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
