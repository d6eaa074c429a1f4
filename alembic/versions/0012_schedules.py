"""Schedules of orders, forecast and firm, and what workshops report of themselves.

Revision ID: 0012
Revises: 0014
"""

from alembic import op

revision = "0012"
down_revision = "0014"
branch_labels = None
depends_on = None

SCHEDULES = """
CREATE TABLE schedule_line (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    rfq_id uuid NOT NULL REFERENCES rfq,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    line_no integer NOT NULL,
    due_on date NOT NULL,
    -- The midnight that ends the day where it is delivered.
    due_ends_at timestamptz NOT NULL,
    quantity numeric(20, 6) NOT NULL CHECK (quantity > 0 AND quantity <> 'NaN'),
    state text NOT NULL CHECK (state IN ('forecast', 'firm', 'fulfilled', 'cancelled')),
    version integer NOT NULL CHECK (version > 0),
    committed_on date,
    at_risk_at timestamptz,
    overdue_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- When the clock looks at it next: no part of the line, and no step of it.
    check_at timestamptz,
    FOREIGN KEY (order_id, line_no) REFERENCES order_line
);
-- The buyer knows a line by its day.
CREATE UNIQUE INDEX schedule_line_of_day ON schedule_line (order_id, line_no, due_on) WHERE state IN ('forecast', 'firm');
CREATE INDEX schedule_line_of_order ON schedule_line (order_id, line_no, due_on);
CREATE INDEX schedule_line_to_check ON schedule_line (check_at) WHERE state = 'firm';

-- No more is scheduled than is ordered, whichever of the two changes.
CREATE FUNCTION keep_schedule_within_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
        SELECT coalesce(sum(s.quantity), 0)
          FROM schedule_line s
         WHERE s.order_id = NEW.order_id AND s.line_no = NEW.line_no AND s.state <> 'cancelled'
    ) > (SELECT l.ordered FROM order_line l WHERE l.order_id = NEW.order_id AND l.line_no = NEW.line_no) THEN
        RAISE EXCEPTION 'more would be scheduled of an order line than is ordered'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'schedule_line_within_order';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER schedule_line_stays_within_order AFTER INSERT OR UPDATE OF quantity, state ON schedule_line
    FOR EACH ROW EXECUTE FUNCTION keep_schedule_within_order();
CREATE TRIGGER order_line_holds_its_schedule AFTER UPDATE OF ordered ON order_line
    FOR EACH ROW WHEN (NEW.ordered < OLD.ordered) EXECUTE FUNCTION keep_schedule_within_order();

CREATE FUNCTION keep_schedule_line_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a schedule line that was fulfilled or cancelled stays so, and what was called off stays called off'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'schedule_line_ended';
END
$$;
CREATE TRIGGER schedule_line_ends_once BEFORE UPDATE OF state, quantity, due_on ON schedule_line FOR EACH ROW
    WHEN (OLD.state IN ('fulfilled', 'cancelled') OR (OLD.state = 'firm' AND NEW.state = 'forecast'))
    EXECUTE FUNCTION keep_schedule_line_ended();
"""

HEARTBEATS = """
CREATE TABLE heartbeat (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES purchase_order,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state = 'recorded'),
    version integer NOT NULL CHECK (version > 0),
    free_hours_per_week numeric(9, 3) NOT NULL CHECK (free_hours_per_week BETWEEN 0 AND 100000),
    raw_stock_days integer NOT NULL CHECK (raw_stock_days BETWEEN 0 AND 3650),
    note text CHECK (length(note) BETWEEN 1 AND 2000),
    work jsonb NOT NULL,
    reported_by text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX heartbeat_of_order ON heartbeat (order_id, id);
CREATE TRIGGER heartbeat_is_history BEFORE UPDATE OR DELETE ON heartbeat
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON schedule_line TO jembatan_api;
GRANT SELECT, INSERT ON heartbeat TO jembatan_api;
"""


def upgrade() -> None:
    """Add when how much of an order is due, and what the workshop says of it."""
    for script in (SCHEDULES, HEARTBEATS, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: what was called off and committed to is history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
