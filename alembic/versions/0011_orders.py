"""Orders that are answered line by line, held, closed short or cancelled, and changed by what both sides sign.

Revision ID: 0011
Revises: 0019
"""

from alembic import op

revision = "0011"
down_revision = "0019"
branch_labels = None
depends_on = None

ORDERS = """
ALTER TABLE purchase_order
    -- How many change orders both sides have signed.
    ADD COLUMN revision integer NOT NULL DEFAULT 0 CHECK (revision >= 0),
    ADD COLUMN held_from text,
    ADD COLUMN state_reason text CHECK (length(state_reason) BETWEEN 1 AND 60),
    ADD COLUMN state_note text CHECK (length(state_note) BETWEEN 1 AND 2000),
    DROP CONSTRAINT purchase_order_state_check,
    ADD CONSTRAINT purchase_order_state_check CHECK (state IN (
        'issued', 'acknowledged', 'in_progress', 'completed', 'rejected', 'on_hold', 'short_closed', 'cancelled'
    )),
    ADD CONSTRAINT purchase_order_held_from CHECK (
        (state = 'on_hold') = (held_from IS NOT NULL) AND held_from IN ('issued', 'acknowledged', 'in_progress')
    ),
    ADD CONSTRAINT purchase_order_stopped_with_reason CHECK (
        (state_reason IS NOT NULL) = (state IN ('rejected', 'on_hold', 'short_closed', 'cancelled'))
    );

-- A line may fall to nothing: dropped by a change order, or closed short before anything of it was sent.
ALTER TABLE order_line
    ADD COLUMN answer jsonb,
    DROP CONSTRAINT order_line_ordered_check,
    ADD CONSTRAINT order_line_ordered_check CHECK (ordered >= 0 AND ordered <> 'NaN');

CREATE FUNCTION keep_order_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an order that was rejected, closed short or cancelled stays so'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'purchase_order_ended';
END
$$;
CREATE TRIGGER purchase_order_ends_once BEFORE UPDATE ON purchase_order FOR EACH ROW
    WHEN (OLD.state IN ('rejected', 'short_closed', 'cancelled') AND NEW.state <> OLD.state)
    EXECUTE FUNCTION keep_order_ended();

CREATE FUNCTION refuse_despatch_of_stopped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM purchase_order
         WHERE id = NEW.order_id AND state IN ('rejected', 'on_hold', 'short_closed', 'cancelled')
    ) THEN
        RAISE EXCEPTION 'nothing is despatched of an order that is stopped'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'despatch_of_stopped_order';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER despatch_needs_running_order BEFORE INSERT ON despatch
    FOR EACH ROW EXECUTE FUNCTION refuse_despatch_of_stopped();
"""

CHANGES = """
CREATE TABLE change_order (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES purchase_order,
    rfq_id uuid NOT NULL REFERENCES rfq,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    number integer NOT NULL CHECK (number BETWEEN 1 AND 200),
    side text NOT NULL CHECK (side IN ('buyer', 'supplier')),
    state text NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined', 'withdrawn')),
    version integer NOT NULL CHECK (version > 0),
    -- The version of the order that it was proposed on.
    order_version integer NOT NULL CHECK (order_version > 0),
    content jsonb NOT NULL,
    difference jsonb NOT NULL,
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 60),
    note text CHECK (length(note) BETWEEN 1 AND 2000),
    proposed_by text NOT NULL,
    answered_by text,
    answered_side text CHECK (answered_side IN ('buyer', 'supplier', 'system')),
    answered_at timestamptz,
    answer_note text CHECK (length(answer_note) BETWEEN 1 AND 2000),
    -- The revision of the order that it made.
    revision integer CHECK (revision > 0),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT change_order_number UNIQUE (order_id, number),
    CONSTRAINT change_order_revision UNIQUE (order_id, revision),
    CONSTRAINT change_order_answered CHECK (
        (state = 'proposed') = (answered_at IS NULL)
        AND (answered_at IS NULL) = (answered_by IS NULL) AND (answered_at IS NULL) = (answered_side IS NULL)
    ),
    -- Nobody signs for both sides.
    CONSTRAINT change_order_signed_by_both CHECK (
        (state = 'accepted') = (revision IS NOT NULL)
        AND (state NOT IN ('accepted', 'declined') OR (answered_side <> side AND answered_side <> 'system'))
    )
);
CREATE UNIQUE INDEX change_order_one_open ON change_order (order_id, side) WHERE state = 'proposed';
CREATE INDEX change_order_of_order ON change_order (order_id, id);

CREATE FUNCTION keep_change_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a change order is answered once'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'change_order_answered_once';
END
$$;
CREATE TRIGGER change_order_answered_once BEFORE UPDATE ON change_order FOR EACH ROW
    WHEN (OLD.state <> 'proposed') EXECUTE FUNCTION keep_change_order();

-- What was agreed is changed by a change order that both sides signed in the same transaction, or falls when the order is
-- closed short; a price by the former alone.
CREATE FUNCTION keep_agreed_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM purchase_order o
         WHERE o.id = NEW.order_id
           AND (
               (o.state = 'short_closed' AND NEW.ordered <= OLD.ordered AND NEW.unit_price = OLD.unit_price)
               OR EXISTS (
                   SELECT FROM change_order c
                    WHERE c.order_id = o.id AND c.state = 'accepted' AND c.revision = o.revision
                      -- The clock at the answer, against the start of this transaction: signed in it.
                      AND c.answered_at >= transaction_timestamp()
               )
           )
    ) THEN
        RAISE EXCEPTION 'an order changes by a change order that both sides signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_agreed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER order_line_keeps_agreed BEFORE UPDATE ON order_line FOR EACH ROW
    WHEN (NEW.ordered <> OLD.ordered OR NEW.unit_price <> OLD.unit_price OR NEW.unit <> OLD.unit)
    EXECUTE FUNCTION keep_agreed_line();
"""

GRANTS = """
GRANT SELECT, INSERT ON change_order TO jembatan_api;
-- What was proposed never changes.
GRANT UPDATE (state, version, answered_by, answered_side, answered_at, answer_note, revision, updated_at)
    ON change_order TO jembatan_api;
"""


def upgrade() -> None:
    """Add what happens to an order between its issue and its end."""
    for script in (ORDERS, CHANGES, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: what both sides signed is history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
