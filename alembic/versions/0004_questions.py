"""Questions and answers; memberships of cooperatives.

Revision ID: 0004
Revises: 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

QUESTIONS = """
CREATE TABLE question (
    id uuid PRIMARY KEY,
    rfq_id uuid NOT NULL,
    supplier_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('asked', 'answered', 'declined')),
    version integer NOT NULL CHECK (version > 0),
    line_no integer CHECK (line_no BETWEEN 1 AND 99999),
    characteristic_no integer CHECK (characteristic_no > 0),
    question text NOT NULL CHECK (length(question) BETWEEN 1 AND 2000),
    -- The wording that rivals read; until it is there they do not know of the question.
    published_question text CHECK (length(published_question) BETWEEN 1 AND 2000),
    answer text CHECK (length(answer) BETWEEN 1 AND 5000),
    addendum_revision integer CHECK (addendum_revision > 1),
    decline_reason text CHECK (length(decline_reason) <= 60),
    settled_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- Only who takes part asks.
    FOREIGN KEY (rfq_id, supplier_id) REFERENCES participation (rfq_id, supplier_id),
    CHECK (characteristic_no IS NULL OR line_no IS NOT NULL),
    CONSTRAINT question_answered_with_answer CHECK ((answer IS NOT NULL) = (state = 'answered')),
    CONSTRAINT question_declined_for_a_reason CHECK ((decline_reason IS NOT NULL) = (state = 'declined')),
    CHECK ((settled_at IS NULL) = (state = 'asked')),
    CHECK (published_question IS NULL OR state <> 'asked'),
    CHECK (published_question IS NOT NULL OR state <> 'answered'),
    CHECK (addendum_revision IS NULL OR state = 'answered')
);
CREATE INDEX question_of_rfq ON question (rfq_id, id);
CREATE INDEX question_open ON question (rfq_id, supplier_id) WHERE state = 'asked';
-- What was told to all is not told otherwise afterwards.
CREATE TRIGGER question_settled_is_history BEFORE UPDATE ON question
    FOR EACH ROW WHEN (OLD.state <> 'asked') EXECUTE FUNCTION refuse_change();

CREATE FUNCTION open_when_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM question WHERE rfq_id = NEW.id AND state = 'asked') THEN
        RAISE EXCEPTION 'quotes are opened once every question is answered or declined'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rfq_opened_when_answered';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER rfq_opens_when_answered BEFORE UPDATE ON rfq
    FOR EACH ROW WHEN (NEW.state = 'evaluating' AND OLD.state = 'closed') EXECUTE FUNCTION open_when_answered();
"""

MEMBERSHIPS = """
CREATE TABLE membership (
    id uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL REFERENCES organisation,
    member_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined', 'ended')),
    version integer NOT NULL CHECK (version > 0),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT membership_once UNIQUE (cooperative_id, member_id),
    CONSTRAINT membership_of_another CHECK (cooperative_id <> member_id)
);
CREATE INDEX membership_of_member ON membership (member_id, id);
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON question, membership TO jembatan_api;
"""


def upgrade() -> None:
    """Create the tables and say who may do what with them."""
    op.run_sql(QUESTIONS)
    op.run_sql(MEMBERSHIPS)
    op.run_sql(GRANTS)


def downgrade() -> None:
    """Not offered: what was answered is history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
