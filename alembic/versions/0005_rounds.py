"""Rounds of quoting, the shortlist, counter-offers and what an accepted one changes, attachments of opened quotes.

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROUNDS = """
ALTER TABLE rfq
    ADD COLUMN round_kind text CHECK (round_kind IN ('negotiation', 'best_and_final')),
    ADD COLUMN round_message text CHECK (length(round_message) BETWEEN 1 AND 2000);

-- The last round in which the supplier may quote; in the first one everybody who takes part may.
ALTER TABLE participation ADD COLUMN round integer NOT NULL DEFAULT 1 CHECK (round >= 1);

CREATE OR REPLACE FUNCTION keep_deadline() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- What was evaluated is opened for quotes once more, and all that the last round left is set back.
    starts_round constant boolean := OLD.state = 'evaluating' AND NEW.state = 'open' AND NEW.round = OLD.round + 1
        AND NEW.quotes_close_at > clock_timestamp()
        AND NEW.closed_at IS NULL AND NEW.opening_approved_by IS NULL AND NEW.opened_at IS NULL;
BEGIN
    IF starts_round IS TRUE THEN
        RETURN NEW;
    END IF;
    IF NEW.round <> OLD.round
        OR (NEW.state = 'open' AND OLD.state NOT IN ('draft', 'open'))
        OR (OLD.opened_at IS NOT NULL AND NEW.opened_at IS DISTINCT FROM OLD.opened_at) THEN
        RAISE EXCEPTION 'a round starts from the evaluation, with a deadline ahead and nothing approved or opened'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rfq_round_starts_sealed';
    END IF;
    -- A published deadline moves only later, and only while it has not passed. Suppliers plan by it.
    IF OLD.state <> 'draft' AND NEW.quotes_close_at IS DISTINCT FROM OLD.quotes_close_at AND (
        NEW.quotes_close_at IS NULL
        OR NEW.quotes_close_at <= OLD.quotes_close_at
        OR clock_timestamp() >= OLD.quotes_close_at
    ) THEN
        RAISE EXCEPTION 'a published deadline moves only later and only before it passes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rfq_deadline_moves_later';
    END IF;
    RETURN NEW;
END
$$;
"""

QUOTES = """
ALTER TABLE quote
    ADD COLUMN shortlisted boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT quote_shortlisted_once_opened CHECK (NOT shortlisted OR opened_at IS NOT NULL),
    DROP CONSTRAINT quote_state_check,
    ADD CONSTRAINT quote_state_check CHECK (state IN (
        'draft', 'submitted', 'needs_reconfirmation', 'opened', 'superseded', 'awarded', 'partially_awarded', 'not_awarded',
        'withdrawn', 'lapsed', 'disqualified', 'expired'
    ));

CREATE FUNCTION keep_to_shortlist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.round > 1 AND NOT EXISTS (
        SELECT FROM participation p
         WHERE p.rfq_id = NEW.rfq_id AND p.supplier_id = NEW.supplier_id AND p.round = NEW.round
    ) THEN
        RAISE EXCEPTION 'only who is in a later round quotes in it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_of_shortlisted';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER quote_keeps_to_shortlist BEFORE INSERT ON quote FOR EACH ROW EXECUTE FUNCTION keep_to_shortlist();

-- Written by the opening and not before: until then nothing tells which of a supplier's files belongs to a quote.
CREATE TABLE quote_attachment (
    quote_id uuid NOT NULL REFERENCES quote,
    file_id uuid NOT NULL REFERENCES file,
    PRIMARY KEY (quote_id, file_id)
);
CREATE INDEX quote_attachment_of_file ON quote_attachment (file_id);
CREATE TRIGGER quote_attachment_is_history BEFORE UPDATE OR DELETE ON quote_attachment
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

COUNTER_OFFERS = """
CREATE TABLE counter_offer (
    id uuid PRIMARY KEY,
    quote_id uuid NOT NULL REFERENCES quote,
    rfq_id uuid NOT NULL REFERENCES rfq,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined', 'withdrawn', 'expired')),
    version integer NOT NULL CHECK (version > 0),
    -- Line, quantity, unit price, lead time.
    lines jsonb NOT NULL,
    payment_days integer CHECK (payment_days BETWEEN 0 AND 365),
    message text CHECK (length(message) BETWEEN 1 AND 2000),
    answer_by timestamptz NOT NULL,
    answered_at timestamptz,
    end_reason text,
    end_note text CHECK (length(end_note) BETWEEN 1 AND 2000),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- At the instant itself it is too late to answer.
    CONSTRAINT counter_offer_answered_in_time CHECK (answered_at IS NULL OR answered_at < answer_by)
);
CREATE INDEX counter_offer_of_quote ON counter_offer (quote_id, id);
CREATE INDEX counter_offer_of_rfq ON counter_offer (rfq_id) WHERE state = 'proposed';
CREATE UNIQUE INDEX counter_offer_one_at_a_time ON counter_offer (quote_id) WHERE state = 'proposed';
CREATE INDEX counter_offer_to_expire ON counter_offer (answer_by) WHERE state = 'proposed';

-- What both sides agreed on after the opening. The opened content stays what was sealed.
CREATE TABLE quote_amendment (
    quote_id uuid NOT NULL REFERENCES quote,
    number integer NOT NULL CHECK (number > 0),
    counter_offer_id uuid NOT NULL UNIQUE REFERENCES counter_offer,
    lines jsonb NOT NULL,
    payment_days integer,
    agreed_at timestamptz NOT NULL,
    PRIMARY KEY (quote_id, number)
);
CREATE TRIGGER quote_amendment_is_history BEFORE UPDATE OR DELETE ON quote_amendment
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON counter_offer TO jembatan_api;
GRANT SELECT, INSERT ON quote_attachment, quote_amendment TO jembatan_api;
"""


def upgrade() -> None:
    """Add what rounds and negotiation need."""
    for script in (ROUNDS, QUOTES, COUNTER_OFFERS, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: rounds and agreements are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
