"""Invoices, what of an order was invoiced, and payments that are recorded and never held.

Revision ID: 0017
Revises: 0015
"""

from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None

INVOICED = """
ALTER TABLE order_line
    -- How much is in matched invoices, less credit notes; moved by the trigger on invoice alone.
    ADD COLUMN invoiced numeric(20, 6) NOT NULL DEFAULT 0,
    ADD COLUMN tooling_invoiced numeric(20, 4) NOT NULL DEFAULT 0,
    ADD CONSTRAINT order_line_invoiced CHECK (invoiced >= 0),
    ADD CONSTRAINT order_line_tooling_invoiced CHECK (tooling_invoiced >= 0);

-- Bounds what is added. A return lowers `accepted` afterwards and is never stopped: a credit note is due then.
CREATE FUNCTION keep_invoiced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.invoiced > OLD.invoiced AND NEW.invoiced > NEW.accepted THEN
        RAISE EXCEPTION 'more of an order line would be invoiced than was accepted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_invoiced_within_accepted';
    END IF;
    IF NEW.tooling_invoiced > OLD.tooling_invoiced AND NEW.tooling_invoiced > (NEW.detail ->> 'tooling')::numeric THEN
        RAISE EXCEPTION 'more would be invoiced for tooling than was agreed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_tooling_within_order';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER order_line_keeps_invoiced BEFORE UPDATE OF invoiced, tooling_invoiced ON order_line
    FOR EACH ROW EXECUTE FUNCTION keep_invoiced();
"""

INVOICES = """
CREATE TABLE invoice (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES purchase_order,
    rfq_id uuid NOT NULL REFERENCES rfq,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    kind text NOT NULL CHECK (kind IN ('invoice', 'credit')),
    reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 80),
    state text NOT NULL CHECK (state IN ('submitted', 'matched', 'disputed', 'paid', 'withdrawn')),
    version integer NOT NULL CHECK (version > 0),
    currency text NOT NULL CHECK (length(currency) = 3),
    content jsonb NOT NULL,
    net numeric(20, 4) NOT NULL,
    ppn numeric(20, 4) NOT NULL CHECK (ppn >= 0 AND ppn <> 'NaN'),
    total numeric(20, 4) NOT NULL CHECK (total > 0 AND total <> 'NaN'),
    -- The sum of its payments; moved by the trigger on invoice_payment alone.
    paid numeric(20, 4) NOT NULL DEFAULT 0,
    issued_on date NOT NULL,
    due_on date NOT NULL CHECK (due_on >= issued_on),
    due_ends_at timestamptz NOT NULL,
    replaces uuid REFERENCES invoice,
    credits uuid REFERENCES invoice,
    dispute jsonb,
    matched_at timestamptz,
    overdue_at timestamptz,
    paid_on date,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT invoice_adds_up CHECK (total = net + ppn),
    CONSTRAINT invoice_paid_within_total CHECK (paid >= 0 AND paid <= total),
    CONSTRAINT invoice_paid_in_full CHECK (state <> 'paid' OR (paid = total AND paid_on IS NOT NULL)),
    CONSTRAINT invoice_credits CHECK ((kind = 'credit') = (credits IS NOT NULL)),
    CONSTRAINT invoice_disputed CHECK (state <> 'disputed' OR dispute IS NOT NULL),
    CONSTRAINT invoice_matched CHECK (state NOT IN ('matched', 'paid') OR matched_at IS NOT NULL)
);
-- A supplier's number is used once for ever, however it is written: a withdrawn invoice keeps its own.
CREATE UNIQUE INDEX invoice_reference ON invoice (supplier_id, lower(reference));
CREATE UNIQUE INDEX invoice_replaced_once ON invoice (replaces) WHERE state <> 'withdrawn';
CREATE INDEX invoice_of_order ON invoice (order_id, id);
CREATE INDEX invoice_of_buyer ON invoice (buyer_id, id);
CREATE INDEX invoice_of_supplier ON invoice (supplier_id, id);
CREATE INDEX invoice_to_tell ON invoice (due_ends_at)
    WHERE kind = 'invoice' AND state IN ('submitted', 'matched') AND overdue_at IS NULL;
CREATE TRIGGER invoice_content_is_history
    BEFORE UPDATE OF order_id, buyer_id, supplier_id, kind, reference, currency, content, net, ppn, total, issued_on,
        due_on, replaces, credits ON invoice
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_is_kept BEFORE DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What a matched invoice bills counts from its match on, once; a credit note takes back.
CREATE FUNCTION count_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sign integer := CASE NEW.kind WHEN 'credit' THEN -1 ELSE 1 END;
BEGIN
    UPDATE order_line l
       SET invoiced = l.invoiced + sign * billed.quantity
      FROM (SELECT (item ->> 'line_no')::integer AS line_no, sum((item ->> 'quantity')::numeric) AS quantity
              FROM jsonb_array_elements(NEW.content -> 'lines') AS item
             GROUP BY 1) billed
     WHERE l.order_id = NEW.order_id AND l.line_no = billed.line_no;
    UPDATE order_line l
       SET tooling_invoiced = l.tooling_invoiced + sign * billed.amount
      FROM (SELECT (item ->> 'line_no')::integer AS line_no, sum((item ->> 'amount')::numeric) AS amount
              FROM jsonb_array_elements(NEW.content -> 'tooling') AS item
             GROUP BY 1) billed
     WHERE l.order_id = NEW.order_id AND l.line_no = billed.line_no;
    RETURN NULL;
END
$$;
CREATE TRIGGER invoice_counts AFTER UPDATE OF state ON invoice FOR EACH ROW
    WHEN (NEW.state IN ('matched', 'paid') AND OLD.state NOT IN ('matched', 'paid'))
    EXECUTE FUNCTION count_invoice();

CREATE FUNCTION keep_invoice_matched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an invoice begins as submitted, and a matched one is taken back by a credit note alone'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_stays_matched';
END
$$;
CREATE TRIGGER invoice_stays_matched BEFORE UPDATE OF state ON invoice FOR EACH ROW
    WHEN (
        (OLD.state IN ('matched', 'paid') AND NEW.state NOT IN ('matched', 'paid'))
        OR (OLD.state = 'paid' AND NEW.state <> 'paid')
        OR (OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn')
    )
    EXECUTE FUNCTION keep_invoice_matched();
CREATE TRIGGER invoice_begins_submitted BEFORE INSERT ON invoice FOR EACH ROW
    WHEN (NEW.state <> 'submitted' OR NEW.paid <> 0) EXECUTE FUNCTION keep_invoice_matched();
"""

PAYMENTS = """
-- Evidence of payments made elsewhere, and of credit notes set off.
CREATE TABLE invoice_payment (
    id uuid PRIMARY KEY,
    invoice_id uuid NOT NULL REFERENCES invoice,
    kind text NOT NULL CHECK (kind IN ('payment', 'set_off')),
    amount numeric(20, 4) NOT NULL CHECK (amount > 0 AND amount <> 'NaN'),
    paid_on date NOT NULL,
    reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 100),
    counterpart uuid REFERENCES invoice,
    file_id text,
    note text CHECK (length(note) BETWEEN 1 AND 2000),
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    confirmed_by text,
    confirmed_at timestamptz,
    CONSTRAINT invoice_payment_set_off CHECK ((kind = 'set_off') = (counterpart IS NOT NULL)),
    CONSTRAINT invoice_payment_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE UNIQUE INDEX invoice_payment_reference ON invoice_payment (invoice_id, lower(reference));
CREATE INDEX invoice_payment_of_invoice ON invoice_payment (invoice_id, id);

CREATE FUNCTION count_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE invoice SET paid = paid + NEW.amount WHERE id = NEW.invoice_id AND state = 'matched';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a matched invoice is paid'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_payment_when_matched';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER invoice_payment_counts AFTER INSERT ON invoice_payment
    FOR EACH ROW EXECUTE FUNCTION count_payment();
CREATE TRIGGER invoice_payment_is_history
    BEFORE DELETE OR UPDATE OF invoice_id, kind, amount, paid_on, reference, counterpart ON invoice_payment
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON invoice TO jembatan_api;
GRANT SELECT, INSERT ON invoice_payment TO jembatan_api;
GRANT UPDATE (confirmed_by, confirmed_at) ON invoice_payment TO jembatan_api;
"""


def upgrade() -> None:
    """Add invoices and their payments."""
    for script in (INVOICED, INVOICES, PAYMENTS, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: invoices are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
