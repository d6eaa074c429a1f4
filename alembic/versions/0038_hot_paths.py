"""What lists and feeds look up on every request, kept so that it is one look.

`rfq.line_count` is written with the row: counting lines row by row asked the policy of every line (docs/performance.md). Rows
that were not written since count as before. `event_of_type` finds the next event of a rare type without reading those between.
`rate_limit` needs no write-ahead log: after a crash everybody has a whole burst again.

Revision ID: 0038
Revises: 0035
"""

from alembic import op

revision = "0038"
down_revision = "0035"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE rfq ADD COLUMN line_count integer CHECK (line_count >= 0)",
    "ALTER TABLE rate_limit SET UNLOGGED",
    # OFFSET keeps the planner from reading a reader's whole audience into a hash where it expects many events: asked event by
    # event, the policy costs the same however much happened.
    """
    ALTER POLICY api_seen ON event USING (EXISTS (
        SELECT FROM event_audience a
         WHERE a.xid = event.xid AND a.position = event.position
           AND a.organisation_id IN ((SELECT acting()), '00000000-0000-0000-0000-000000000000')
        OFFSET 0
    ))
    """,
)


def upgrade() -> None:
    """Apply."""
    for statement in STATEMENTS:
        op.run_sql(statement)
    op.run_alone("DROP INDEX CONCURRENTLY IF EXISTS event_of_type")
    op.run_alone("CREATE INDEX CONCURRENTLY event_of_type ON event (type, xid, position)")


def downgrade() -> None:
    """As it was: the policy asks for the audience as in 0033, and lines are counted."""
    op.run_alone("DROP INDEX CONCURRENTLY event_of_type")
    op.run_sql("""
    ALTER POLICY api_seen ON event USING (EXISTS (
        SELECT FROM event_audience a
         WHERE a.xid = event.xid AND a.position = event.position
           AND a.organisation_id IN ((SELECT acting()), '00000000-0000-0000-0000-000000000000')
    ));
    ALTER TABLE rate_limit SET LOGGED;
    ALTER TABLE rfq DROP COLUMN line_count;
    """)
