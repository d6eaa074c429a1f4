"""Score sheets, and RFQs with two envelopes whose technical parts are opened before prices.

Revision ID: 0008
Revises: 0006
"""

from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

ENVELOPES = """
ALTER TABLE rfq
    ADD COLUMN envelopes smallint NOT NULL DEFAULT 1 CHECK (envelopes IN (1, 2)),
    ADD COLUMN technical_opened_at timestamptz,
    ADD COLUMN scores_closed_at timestamptz,
    ADD CONSTRAINT rfq_technical_opened_after_deadline CHECK (
        technical_opened_at IS NULL OR (envelopes = 2 AND technical_opened_at >= quotes_close_at)
    ),
    -- Prices follow the technical parts, and nothing is scored once they are known.
    ADD CONSTRAINT rfq_prices_opened_last CHECK (
        envelopes = 1 OR opened_at IS NULL OR (technical_opened_at IS NOT NULL AND scores_closed_at IS NOT NULL)
    );

CREATE FUNCTION keep_evaluation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Suppliers quote on what they are judged by.
    IF OLD.published_at IS NOT NULL AND (
        NEW.terms -> 'evaluation' IS DISTINCT FROM OLD.terms -> 'evaluation' OR NEW.envelopes <> OLD.envelopes
    ) THEN
        RAISE EXCEPTION 'what quotes are judged by is fixed by the publication'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rfq_evaluation_is_fixed';
    END IF;
    -- A round is opened once and closed for scores once.
    IF NEW.round = OLD.round AND (
        (OLD.technical_opened_at IS NOT NULL AND NEW.technical_opened_at IS DISTINCT FROM OLD.technical_opened_at)
        OR (OLD.scores_closed_at IS NOT NULL AND NEW.scores_closed_at IS DISTINCT FROM OLD.scores_closed_at)
    ) THEN
        RAISE EXCEPTION 'an opening and the end of scoring are not taken back'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rfq_scores_stay_closed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER rfq_keeps_evaluation BEFORE UPDATE ON rfq FOR EACH ROW EXECUTE FUNCTION keep_evaluation();

ALTER TABLE quote ADD COLUMN technical_opened_at timestamptz;
DROP INDEX quote_opened_to_buyer;
CREATE INDEX quote_opened_to_buyer ON quote (buyer_id, id) WHERE coalesce(technical_opened_at, opened_at) IS NOT NULL;

CREATE TABLE quote_technical (
    quote_id uuid PRIMARY KEY REFERENCES quote,
    -- The first of two envelopes: whatever is in the second one has no place here.
    content jsonb NOT NULL CONSTRAINT quote_technical_without_price CHECK (NOT (
        content @? '$.**.breaks' OR content @? '$.**.unit_price' OR content @? '$.**.cost'
        OR content @? '$.**.cost_breakdown' OR content @? '$.**.payment_days' OR content @? '$.lines[*].note'
        OR content @? '$.note'
    ))
);
-- What failed before its price was opened keeps it.
CREATE FUNCTION open_what_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM quote q JOIN rfq r ON r.id = q.rfq_id
         WHERE q.id = NEW.quote_id AND (
             q.state IN ('not_awarded', 'disqualified', 'withdrawn', 'lapsed', 'expired', 'superseded')
             OR (r.envelopes = 2 AND q.technical_opened_at IS NULL)
         )
    ) THEN
        RAISE EXCEPTION 'the price of this quote stays sealed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_opened_while_it_stands';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER quote_opened_while_it_stands BEFORE INSERT ON quote_opened
    FOR EACH ROW EXECUTE FUNCTION open_what_stands();
CREATE TRIGGER quote_technical_is_history BEFORE UPDATE OR DELETE ON quote_technical
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

SCORES = """
CREATE TABLE score_sheet (
    id uuid PRIMARY KEY,
    rfq_id uuid NOT NULL REFERENCES rfq,
    buyer_id uuid NOT NULL REFERENCES organisation,
    round integer NOT NULL CHECK (round >= 1),
    -- Person or credential, as four eyes know it.
    evaluator text NOT NULL CHECK (length(evaluator) BETWEEN 1 AND 200),
    evaluator_name text NOT NULL CHECK (length(evaluator_name) BETWEEN 1 AND 120),
    state text NOT NULL CHECK (state IN ('open', 'submitted')),
    version integer NOT NULL CHECK (version > 0),
    submitted_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT score_sheet_once UNIQUE (rfq_id, round, evaluator),
    CONSTRAINT score_sheet_submitted_at CHECK ((state = 'submitted') = (submitted_at IS NOT NULL))
);

CREATE TABLE score (
    sheet_id uuid NOT NULL REFERENCES score_sheet,
    quote_id uuid NOT NULL REFERENCES quote,
    criterion text NOT NULL CHECK (length(criterion) BETWEEN 1 AND 80),
    score numeric(4, 1) NOT NULL CHECK (score BETWEEN 0 AND 100),
    comment text CHECK (length(comment) <= 2000),
    PRIMARY KEY (sheet_id, quote_id, criterion)
);

CREATE FUNCTION keep_scores() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sheet score_sheet;
BEGIN
    -- A sheet is history once it is submitted, and so are all once scoring is closed or the round is over.
    IF TG_TABLE_NAME = 'score' THEN
        SELECT * INTO sheet FROM score_sheet WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.sheet_id ELSE NEW.sheet_id END;
    ELSIF TG_OP = 'INSERT' THEN
        sheet := NEW;
        sheet.state := 'open';
    ELSE
        sheet := OLD;
    END IF;
    IF sheet.state = 'submitted' THEN
        RAISE EXCEPTION 'a submitted score sheet is history and cannot be changed'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'score_sheet_is_history';
    END IF;
    IF NOT EXISTS (
        SELECT FROM rfq WHERE id = sheet.rfq_id AND round = sheet.round AND scores_closed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'scores of this round are closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_sheet_while_open';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER score_sheet_is_kept BEFORE INSERT OR UPDATE OR DELETE ON score_sheet
    FOR EACH ROW EXECUTE FUNCTION keep_scores();
CREATE TRIGGER score_is_kept BEFORE INSERT OR UPDATE OR DELETE ON score
    FOR EACH ROW EXECUTE FUNCTION keep_scores();
"""

GRANTS = """
GRANT SELECT, INSERT ON quote_technical TO jembatan_api;
GRANT SELECT, INSERT, UPDATE ON score_sheet TO jembatan_api;
GRANT SELECT, INSERT, DELETE ON score TO jembatan_api;
"""


def upgrade() -> None:
    """Create the tables, their guards and who may use them."""
    for script in (ENVELOPES, SCORES, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: scores that were submitted are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
