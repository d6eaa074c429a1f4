"""While a part of an order line is only forecast, no more production of it leaves than was called off.

Revision ID: 0022
Revises: 0016
"""

from alembic import op

revision = "0022"
down_revision = "0016"
branch_labels = None
depends_on = None

CALLED_OFF = """
-- Samples are no delivery: they may leave before anything is called off, and count once production does.
CREATE FUNCTION keep_within_called_off() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    forecast boolean;
    called_off numeric;
BEGIN
    SELECT coalesce(bool_or(state = 'forecast'), false),
           coalesce(sum(quantity) FILTER (WHERE state IN ('firm', 'fulfilled')), 0)
      INTO forecast, called_off
      FROM schedule_line
     WHERE order_id = NEW.order_id AND line_no = NEW.line_no;
    IF forecast AND NEW.despatched - NEW.short - NEW.rejected > called_off THEN
        RAISE EXCEPTION 'the buyer has not called off so much'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_called_off';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER order_line_keeps_called_off BEFORE UPDATE OF despatched, sampled ON order_line FOR EACH ROW
    WHEN (NEW.despatched - NEW.sampled > OLD.despatched - OLD.sampled)
    EXECUTE FUNCTION keep_within_called_off();
"""


def upgrade() -> None:
    """Add the guard."""
    op.run_sql(CALLED_OFF)


def downgrade() -> None:
    """Not offered, as for the others. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
