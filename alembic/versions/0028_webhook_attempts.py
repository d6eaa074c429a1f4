"""How each attempt of a delivery ended, and bodies in the form of CloudEvents.

Revision ID: 0028
Revises: 0027
"""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ATTEMPTS = """
-- What the previous release adds while it is running is of the standard form.
ALTER TABLE webhook_endpoint ADD COLUMN body_format text NOT NULL DEFAULT 'standard'
    CHECK (body_format IN ('standard', 'cloudevents'));
-- A body keeps the form in which it was written, whatever its endpoint asks for later: every attempt sends the same bytes.
ALTER TABLE webhook_delivery ADD COLUMN body_format text NOT NULL DEFAULT 'standard'
    CHECK (body_format IN ('standard', 'cloudevents'));

CREATE TABLE webhook_attempt (
    delivery_id uuid NOT NULL REFERENCES webhook_delivery ON DELETE CASCADE,
    at timestamptz NOT NULL,
    status smallint,
    error text CHECK (length(error) BETWEEN 1 AND 40),
    response_ms integer NOT NULL CHECK (response_ms >= 0),
    PRIMARY KEY (delivery_id, at)
);
GRANT SELECT ON webhook_attempt TO jembatan_api;
GRANT SELECT, INSERT, DELETE ON webhook_attempt TO jembatan_dispatcher;
"""


def upgrade() -> None:
    """Add them."""
    op.run_sql(ATTEMPTS)


def downgrade() -> None:
    """Not offered: the events of endpoints are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
