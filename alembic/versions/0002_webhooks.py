"""Webhook endpoints and the outbox that delivers events to them.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WEBHOOKS = """
CREATE TABLE webhook_endpoint (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('active', 'disabled', 'deleted')),
    version integer NOT NULL CHECK (version > 0),
    url text NOT NULL CHECK (length(url) BETWEEN 1 AND 500),
    description text CHECK (length(description) BETWEEN 1 AND 200),
    -- Empty: every type.
    event_types text[] NOT NULL CHECK (cardinality(event_types) <= 100),
    disabled_reason text CHECK (disabled_reason IN ('owner', 'gone', 'failing')),
    -- Encrypted; the key is not in the database.
    secret text,
    -- After a rotation messages are signed with the old secret too, until `previous_until`.
    previous_secret text,
    previous_until timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT webhook_endpoint_disabled_for_a_reason CHECK ((disabled_reason IS NOT NULL) = (state = 'disabled')),
    CONSTRAINT webhook_endpoint_deleted_without_secret CHECK ((secret IS NULL) = (state = 'deleted')),
    CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
);
CREATE INDEX webhook_endpoint_of_organisation ON webhook_endpoint (organisation_id, id);

-- What the dispatcher knows of an endpoint, apart from it: it changes often and is no version of the endpoint.
CREATE TABLE webhook_lane (
    endpoint_id uuid PRIMARY KEY REFERENCES webhook_endpoint,
    -- Events up to here have been turned into deliveries.
    xid xid8 NOT NULL,
    position bigint NOT NULL,
    -- Whether as much waits as may: its events stay in the ledger until something that waits ends.
    is_full boolean NOT NULL DEFAULT false,
    -- When the dispatcher has to look at it next.
    due_at timestamptz NOT NULL DEFAULT 'infinity',
    failing_since timestamptz,
    -- The endpoint asked for a pause (Retry-After).
    paused_until timestamptz,
    last_success_at timestamptz
);
CREATE INDEX webhook_lane_due ON webhook_lane (due_at);

CREATE TABLE webhook_delivery (
    id uuid PRIMARY KEY,
    endpoint_id uuid NOT NULL REFERENCES webhook_endpoint,
    -- NULL for a test message.
    event_id uuid,
    xid xid8 NOT NULL,
    position bigint NOT NULL,
    -- The object whose deliveries keep their order.
    subject_id uuid NOT NULL,
    type text NOT NULL CHECK (length(type) <= 80),
    body text CHECK (octet_length(body) < 20000),
    state text NOT NULL CHECK (state IN ('pending', 'succeeded', 'dead')),
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- Refused so often that later deliveries of its object go first.
    passed_over boolean NOT NULL DEFAULT false,
    next_attempt_at timestamptz NOT NULL,
    -- Who attempts it now; after `claimed_until` anybody may.
    claim uuid,
    claimed_until timestamptz,
    last_attempt_at timestamptz,
    last_status smallint,
    last_error text CHECK (length(last_error) <= 40),
    response_ms integer CHECK (response_ms >= 0),
    finished_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT webhook_delivery_once UNIQUE (endpoint_id, event_id),
    CHECK ((event_id IS NULL) = (body IS NULL)),
    CHECK ((claim IS NULL) = (claimed_until IS NULL)),
    CHECK ((state = 'pending') = (finished_at IS NULL))
);
CREATE INDEX webhook_delivery_of_endpoint ON webhook_delivery (endpoint_id, id);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (endpoint_id, subject_id, xid, position)
    WHERE state = 'pending';
CREATE INDEX webhook_delivery_ended ON webhook_delivery (finished_at) WHERE state <> 'pending';
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON webhook_endpoint, webhook_lane TO jembatan_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_delivery TO jembatan_api;
-- The dispatcher reads the feed and endpoints, moves lanes and deliveries, and may disable an endpoint with an event.
GRANT SELECT (id, state) ON organisation TO jembatan_dispatcher;
GRANT SELECT ON webhook_endpoint TO jembatan_dispatcher;
GRANT UPDATE (state, version, disabled_reason, updated_at) ON webhook_endpoint TO jembatan_dispatcher;
GRANT SELECT, UPDATE ON webhook_lane TO jembatan_dispatcher;
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_delivery TO jembatan_dispatcher;
GRANT INSERT ON event, event_audience TO jembatan_dispatcher;
"""


def upgrade() -> None:
    """Create the tables and say who may do what with them."""
    op.run_sql(WEBHOOKS)
    op.run_sql(GRANTS)


def downgrade() -> None:
    """Not offered: the events of endpoints are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
