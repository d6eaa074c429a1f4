"""What is kept beside the business: answers under idempotency keys, the outbox, files."""

from domain.doctor.checks.ledger import AHEAD, TABLES
from domain.doctor.model import Check
from domain.ids import PREFIXES
from domain.lifecycle import MACHINES

_PREFIXED = "\nUNION ALL ".join(
    f"SELECT '{PREFIXES[kind]}_' || replace(id::text, '-', '') AS name FROM {TABLES.get(kind, kind)}"
    for kind in sorted(MACHINES)
    if kind in PREFIXES
)
_KINDS = "|".join(sorted(PREFIXES[kind] for kind in MACHINES if kind in PREFIXES))
_RESTORED = (
    "The answer promises what is not there, so an acknowledged write was lost. Find out whether a backup was restored that "
    "is older than the answer, and tell the organisation."
)

CHECKS = (
    Check(
        id="idempotency_subject",
        means="What an answer kept under an idempotency key says was made, is there.",
        severity="broken",
        remedy=_RESTORED,
        sql=f"""
        SELECT 'organisation' AS kind, answered.organisation_id AS id,
               format('%s was answered with %s, which is not there', answered.route, answered.name) AS said
          FROM (SELECT organisation_id, route,
                       substring(headers ->> 'location' FROM '/((?:{_KINDS})_[0-9a-f]{{32}})(?:/|$)') AS name
                  FROM idempotency WHERE status BETWEEN 200 AND 299) answered
         WHERE answered.name IS NOT NULL
           AND NOT EXISTS (SELECT FROM ({_PREFIXED}) thing WHERE thing.name = answered.name)
           -- A draft may be deleted later.
           AND NOT EXISTS (SELECT FROM event e WHERE e.type = 'rfq.deleted'
                              AND '{PREFIXES["rfq"]}_' || replace(e.subject_id::text, '-', '') = answered.name)
        """,
    ),
    Check(
        id="idempotency_forgotten",
        means="Answers under idempotency keys are forgotten after seven days.",
        severity="warning",
        remedy="Look whether `jembatan work` runs and what it logs for its duty `forget_keys`.",
        sql="""
        SELECT 'organisation' AS kind, organisation_id AS id, format('%s answers are older', count(*)) AS said
          FROM idempotency WHERE created_at < clock_timestamp() - interval '8 days' GROUP BY organisation_id
        """,
    ),
    Check(
        id="lane_of_endpoint",
        means="Every webhook endpoint has its place in the feed, and none lies ahead of the feed.",
        severity="broken",
        remedy="Let its owner replay the endpoint from a position; that sets its place anew.",
        sql=f"""
        SELECT 'webhook_endpoint' AS kind, e.id,
               CASE WHEN l.endpoint_id IS NULL THEN 'it has no place in the feed'
                    ELSE format('its place is %s, the server is at %s', l.xid, {AHEAD}) END AS said
          FROM webhook_endpoint e LEFT JOIN webhook_lane l ON l.endpoint_id = e.id
         WHERE e.state <> 'deleted'
           AND (l.endpoint_id IS NULL OR l.xid > {AHEAD})
        """,
    ),
    Check(
        id="delivery_of_event",
        means="Every message of the outbox is of an event that its receiver may see, at that event's place.",
        severity="broken",
        remedy="Disable the endpoint and find out who wrote the message: it may tell somebody what is not theirs.",
        sql="""
        SELECT 'webhook_delivery' AS kind, d.id, format('it tells of event %s', d.event_id) AS said
          FROM webhook_delivery d
          JOIN webhook_endpoint w ON w.id = d.endpoint_id
         WHERE d.event_id IS NOT NULL AND NOT EXISTS (
               SELECT FROM event e
                 JOIN event_audience a ON a.xid = e.xid AND a.position = e.position
                WHERE e.id = d.event_id AND e.xid = d.xid AND e.position = d.position
                  AND a.organisation_id IN (w.organisation_id, '00000000-0000-0000-0000-000000000000'))
        """,
    ),
    Check(
        id="outbox_moves",
        means="Messages that are due are sent, and endpoints that are behind are filled.",
        severity="warning",
        remedy="Look whether `jembatan work` runs and what it logs for its duties `fan_out` and `deliver`.",
        sql="""
        SELECT 'webhook_endpoint' AS kind, e.id, format('it was due at %s', l.due_at) AS said
          FROM webhook_lane l
          JOIN webhook_endpoint e ON e.id = l.endpoint_id
          JOIN organisation o ON o.id = e.organisation_id
         WHERE e.state = 'active' AND o.state = 'verified' AND l.due_at < clock_timestamp() - interval '10 minutes'
           AND (l.paused_until IS NULL OR l.paused_until < clock_timestamp() - interval '10 minutes')
        """,
    ),
    Check(
        id="endpoint_failing",
        means="No endpoint has failed for more than a day.",
        severity="warning",
        remedy="Tell the organisation: it sees the reasons under `list_webhook_deliveries`, and can replay what it missed.",
        sql="""
        SELECT 'webhook_endpoint' AS kind, e.id, format('it fails since %s', l.failing_since) AS said
          FROM webhook_lane l JOIN webhook_endpoint e ON e.id = l.endpoint_id
         WHERE e.state = 'active' AND l.failing_since < clock_timestamp() - interval '1 day'
        """,
    ),
    Check(
        id="file_of_document",
        means="Documents, attachments and papers are files that were checked and found clean.",
        severity="broken",
        remedy="Detach the document; its owner uploads the file again.",
        sql="""
        SELECT 'file' AS kind, f.id, format('it is %s, and a %s', f.state, used.place) AS said
          FROM file f
          JOIN (SELECT file_id, 'document of an RFQ' AS place FROM rfq_document
                UNION ALL SELECT file_id, 'attachment of a quote' FROM quote_attachment
                UNION ALL SELECT file_id, 'paper of an order' FROM order_paper) used ON used.file_id = f.id
         WHERE f.state <> 'clean'
        """,
    ),
    Check(
        id="upload_adds_up",
        means="The parts of an upload under way follow each other and add up to what it counts as received.",
        severity="broken",
        remedy="Its owner begins the upload again; this one expires by itself.",
        sql="""
        SELECT 'upload' AS kind, u.id, format('it counts %s bytes, its parts hold %s', u.received, coalesce(p.size, 0)) AS said
          FROM upload u
          LEFT JOIN (SELECT upload_id, sum(size) AS size, bool_and(start = before) AS whole
                       FROM (SELECT upload_id, start, size, coalesce(sum(size) OVER (
                                    PARTITION BY upload_id ORDER BY start ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0
                                    ) AS before
                               FROM upload_part) placed
                      GROUP BY upload_id) p ON p.upload_id = u.id
         WHERE u.outcome = 'receiving' AND (u.received <> coalesce(p.size, 0) OR p.whole IS FALSE)
        """,
    ),
)
