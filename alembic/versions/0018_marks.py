"""The right of reply: what a scored organisation says of a mark on its scorecard, and what the other side decides.

Revision ID: 0018
Revises: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MARKS = """
-- The facts themselves are events: only what was said of one has a row, under an id made of what the fact is about.
CREATE TABLE mark (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation,
    counterparty_id uuid NOT NULL REFERENCES organisation,
    side text NOT NULL CHECK (side IN ('supplier', 'buyer')),
    kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 40),
    line_no integer CHECK (line_no > 0),
    lot text CHECK (length(lot) BETWEEN 1 AND 200),
    fact_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('accepted', 'contested', 'upheld', 'withdrawn')),
    version integer NOT NULL CHECK (version > 0),
    text text CHECK (length(text) BETWEEN 1 AND 2000),
    replied_by text NOT NULL,
    answer text CHECK (length(answer) BETWEEN 1 AND 2000),
    decided_by text,
    decided_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT mark_of_another CHECK (organisation_id <> counterparty_id),
    CONSTRAINT mark_replied_within_ten_days CHECK (created_at >= fact_at AND created_at < fact_at + interval '240 hours'),
    CONSTRAINT mark_decided_within_thirty_days CHECK (decided_at < created_at + interval '720 hours'),
    CONSTRAINT mark_decided CHECK (
        (decided_at IS NOT NULL) = (state IN ('upheld', 'withdrawn')) AND (decided_at IS NULL) = (decided_by IS NULL)
        AND (answer IS NULL OR decided_at IS NOT NULL)
    ),
    CONSTRAINT mark_contested_in_words CHECK (state = 'accepted' OR text IS NOT NULL)
);

CREATE FUNCTION keep_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a reply to a mark is decided once'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'mark_decided_once';
END
$$;
CREATE TRIGGER mark_decided_once BEFORE UPDATE ON mark FOR EACH ROW
    WHEN (OLD.state <> 'contested') EXECUTE FUNCTION keep_mark();

GRANT SELECT, INSERT ON mark TO jembatan_api;
-- What was said never changes.
GRANT UPDATE (state, version, answer, decided_by, decided_at, updated_at) ON mark TO jembatan_api;
"""


def upgrade() -> None:
    """Add what is said of marks."""
    op.run_sql(MARKS)


def downgrade() -> None:
    """Not offered: what was said is history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
