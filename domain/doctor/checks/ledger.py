"""Events: one for each change, chained, in an order that followers can trust."""

from domain.doctor.model import Check
from domain.lifecycle import DELETED_DRAFT, EVENTS

AHEAD = "(SELECT (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + shift)::text::xid8 FROM feed_shift)"
"""Where the feed will go on: nothing that was recorded lies beyond it."""
TABLES: dict[str, str] = {"order": "purchase_order"}
"""Where a thing of the lifecycle is stored, when the table has another name."""

_HISTORY = (
    "History was changed. Keep the server as it is, find out since when with `jembatan audit verify`, compare with the "
    "newest backup, and restore."
)
_BY_HAND = (
    "Somebody changed rows by hand, or a release has a fault. The events say what happened: put the row back to that, "
    "and report it."
)


def _rows() -> str:
    """Every thing that has events: its kind, id, version and state."""
    kinds = sorted({event.partition(".")[0] for event in EVENTS})
    return "\nUNION ALL ".join(
        f"SELECT '{kind}' AS kind, id, version, state FROM {TABLES.get(kind, kind)}" for kind in kinds
    )


_LAST = """
SELECT DISTINCT ON (subject_id) subject_id, subject_type, subject_version, to_state, type
  FROM event ORDER BY subject_id, subject_version DESC
"""
_LINKED = """
SELECT subject_type, subject_id, subject_version, hash, leaf, xid,
       lag(hash) OVER each AS previous_hash, lag(xid) OVER each AS previous_xid, lag(subject_version) OVER each AS previous_version
  FROM event WINDOW each AS (PARTITION BY subject_id ORDER BY subject_version)
"""
_KNOWN = ", ".join(f"'{event}'" for event in EVENTS)

CHECKS = (
    Check(
        id="one_event_per_version",
        means="Every thing has exactly as many versions as events: no change without its event, none without its change.",
        severity="broken",
        remedy=_BY_HAND,
        sql=f"""
        SELECT thing.kind, thing.id, format('its version is %s, its last event has version %s', thing.version,
                                            coalesce(last.subject_version::text, 'none')) AS said
          FROM ({_rows()}) thing LEFT JOIN ({_LAST}) last ON last.subject_id = thing.id
         WHERE last.subject_version IS DISTINCT FROM thing.version
        """,
    ),
    Check(
        id="versions_without_gap",
        means="The events of a thing count its versions from 1 without a gap.",
        severity="broken",
        remedy=_HISTORY,
        sql=f"""
        SELECT subject_type AS kind, subject_id AS id,
               format('version %s follows %s', subject_version, coalesce(previous_version::text, 'nothing')) AS said
          FROM ({_LINKED}) linked WHERE subject_version <> coalesce(previous_version, 0) + 1
        """,
    ),
    Check(
        id="state_of_last_event",
        means="The state of a thing is the one its last event led to.",
        severity="broken",
        remedy=_BY_HAND,
        sql=f"""
        SELECT thing.kind, thing.id, format('it is %s, its last event led to %s', thing.state, last.to_state) AS said
          FROM ({_rows()}) thing JOIN ({_LAST}) last ON last.subject_id = thing.id
         WHERE last.subject_version = thing.version AND last.to_state IS DISTINCT FROM thing.state
        """,
    ),
    Check(
        id="event_has_subject",
        means="What events tell of is there, drafts that were deleted apart.",
        severity="broken",
        remedy="Rows were deleted by hand. Restore them from the newest backup that has them.",
        sql=f"""
        SELECT last.subject_type AS kind, last.subject_id AS id, format('it has %s events and no row', last.subject_version)
               AS said
          FROM ({_LAST}) last
         WHERE last.type <> '{DELETED_DRAFT}' AND NOT EXISTS (
               SELECT FROM ({_rows()}) thing WHERE thing.id = last.subject_id AND thing.kind = last.subject_type)
        """,
    ),
    Check(
        id="event_chain",
        means="The hash of every event follows from its leaf and the event before it.",
        severity="broken",
        remedy=_HISTORY,
        sql=f"""
        SELECT subject_type AS kind, subject_id AS id, format('the hash of version %s does not follow', subject_version) AS said
          FROM ({_LINKED}) linked
         WHERE hash <> sha256(coalesce(previous_hash, ''::bytea) || leaf)
        """,
    ),
    Check(
        id="event_type_known",
        means="Every event is of a type that the contract names.",
        severity="broken",
        remedy="A newer release wrote it: install that one again. Otherwise history was added to by hand.",
        sql=f"""
        SELECT 'event' AS kind, id, format('its type is %s', type) AS said FROM event WHERE type NOT IN ({_KNOWN})
        """,
    ),
    Check(
        id="feed_in_order",
        means="In the feed the versions of a thing come in their order.",
        severity="broken",
        remedy="Followers may have seen a later change first. Tell them to read the thing itself anew, and report it.",
        sql=f"""
        SELECT subject_type AS kind, subject_id AS id, format('version %s comes before version %s', subject_version,
                                                              previous_version) AS said
          FROM ({_LINKED}) linked WHERE xid < previous_xid
        """,
    ),
    Check(
        id="feed_shows_everything",
        means="No event lies ahead of the feed: followers and webhooks see everything that was committed.",
        severity="broken",
        remedy="The database was restored into another server. Run `jembatan migrate`, which lets the feed go on.",
        sql=f"""
        SELECT 'event' AS kind, id, format('it is recorded under transaction %s, the server is at %s', xid,
                                           {AHEAD}) AS said
          FROM event WHERE xid > {AHEAD}
        """,
    ),
    Check(
        id="audience_of_event",
        means="Every place in somebody's feed is that of an event.",
        severity="broken",
        remedy=_HISTORY,
        sql="""
        SELECT 'organisation' AS kind, a.organisation_id AS id, format('place %s/%s is no event', a.xid, a.position) AS said
          FROM event_audience a
         WHERE NOT EXISTS (SELECT FROM event e WHERE e.position = a.position AND e.xid = a.xid)
        """,
    ),
    Check(
        id="event_in_the_past",
        means="No event lies in the future of the database's clock.",
        severity="warning",
        remedy="The server's clock was ahead, or was set back. Check its time service: deadlines are decided by it.",
        sql="""
        SELECT 'event' AS kind, id, format('it happened at %s, and it is %s', at, clock_timestamp()) AS said
          FROM event WHERE at > clock_timestamp() + interval '5 seconds'
        """,
    ),
)
