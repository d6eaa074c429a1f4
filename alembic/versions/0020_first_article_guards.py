"""What was submitted and decided of a first article stays, and the gate of a line follows decisions alone.

Revision ID: 0020
Revises: 0012
"""

from alembic import op

revision = "0020"
down_revision = "0012"
branch_labels = None
depends_on = None

DECIDED = """
-- What was submitted never changes.
REVOKE UPDATE ON first_article FROM jembatan_api;
GRANT UPDATE (state, version, decision, updated_at) ON first_article TO jembatan_api;

CREATE FUNCTION keep_first_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a first article is decided once'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'first_article_decided_once';
END
$$;
CREATE TRIGGER first_article_decided_once BEFORE UPDATE ON first_article FOR EACH ROW
    WHEN (OLD.state <> 'submitted') EXECUTE FUNCTION keep_first_article();
"""

GATE = """
-- A release that knows no gates orders lines without one: theirs are closed all the same.
CREATE FUNCTION close_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.gate := 'closed';
    RETURN NEW;
END
$$;
CREATE TRIGGER order_line_is_gated BEFORE INSERT ON order_line FOR EACH ROW
    WHEN (NEW.detail ->> 'approval_plan' <> 'none' AND NEW.gate = 'none') EXECUTE FUNCTION close_gate();

-- A gate opens, or is limited, as a decision of the same transaction says; only a rejection gives room for more samples.
CREATE FUNCTION keep_gate_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM first_article f
         WHERE f.order_id = NEW.order_id AND f.line_no = NEW.line_no AND f.decision IS NOT NULL
           -- The clock at the decision, against the start of this transaction: decided in it.
           AND (f.decision ->> 'decided_at')::timestamptz >= transaction_timestamp()
           AND CASE f.state
                   WHEN 'rejected' THEN
                       (NEW.gate, NEW.gate_quantity, NEW.gate_until)
                       IS NOT DISTINCT FROM (OLD.gate, OLD.gate_quantity, OLD.gate_until)
                   WHEN 'approved' THEN NEW.gate = 'open' AND NEW.sample_limit = OLD.sample_limit
                   ELSE NEW.gate = 'limited' AND NEW.sample_limit = OLD.sample_limit
                        AND NEW.gate_quantity IS NOT DISTINCT FROM (f.decision ->> 'quantity')::numeric
                        AND NEW.gate_until IS NOT DISTINCT FROM (f.decision ->> 'until')::timestamptz
               END
    ) THEN
        RAISE EXCEPTION 'the gate of a line follows the decision on its first article'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_gate_decided';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER order_line_keeps_gate_decided BEFORE UPDATE ON order_line FOR EACH ROW
    WHEN (
        (NEW.gate, NEW.gate_quantity, NEW.gate_until, NEW.sample_limit)
        IS DISTINCT FROM (OLD.gate, OLD.gate_quantity, OLD.gate_until, OLD.sample_limit)
    )
    EXECUTE FUNCTION keep_gate_decided();
"""


def upgrade() -> None:
    """Add the guards."""
    for script in (DECIDED, GATE):
        op.run_sql(script)


def downgrade() -> None:
    """Take the guards away; what they kept stays."""
    op.run_sql("""
DROP TRIGGER order_line_keeps_gate_decided ON order_line;
DROP TRIGGER order_line_is_gated ON order_line;
DROP TRIGGER first_article_decided_once ON first_article;
DROP FUNCTION keep_gate_decided, close_gate, keep_first_article;
GRANT UPDATE ON first_article TO jembatan_api;
""")
