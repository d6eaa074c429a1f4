"""All SQL of the figures. Each is bounded: what watches must not weigh."""

from domain.database import Tx
from domain.figures.model import Figures
from domain.ledger.model import EVERYBODY

WEBHOOKS_COUNTED = 10_000
ENDPOINTS_COUNTED = 1_000

# `rfq_to_close`, `event_in_feed_order`, `webhook_delivery_waiting` and `upload_open` carry these; endpoints are few.
READ = """
SELECT coalesce(extract(epoch FROM clock_timestamp() - (
           SELECT min(quotes_close_at) FROM rfq WHERE state = 'open' AND quotes_close_at <= clock_timestamp()
       )), 0)::float8 AS clock_lag,
       coalesce(extract(epoch FROM clock_timestamp() - (
           SELECT min(at) FROM event WHERE xid >= (SELECT feed_bound())
       )), 0)::float8 AS feed_lag,
       w.waiting AS webhook_pending,
       coalesce(extract(epoch FROM clock_timestamp() - w.oldest), 0)::float8 AS webhook_oldest,
       (SELECT count(*)
          FROM (SELECT
                  FROM webhook_lane l
                  JOIN webhook_endpoint e ON e.id = l.endpoint_id
                 WHERE e.state = 'active' AND NOT l.is_full
                   AND (EXISTS (SELECT FROM event_audience a
                                 WHERE a.organisation_id = e.organisation_id AND (a.xid, a.position) > (l.xid, l.position)
                                   AND a.xid < (SELECT feed_bound()))
                     OR EXISTS (SELECT FROM event_audience a
                                 WHERE a.organisation_id = $1 AND (a.xid, a.position) > (l.xid, l.position)
                                   AND a.xid < (SELECT feed_bound())))
                 LIMIT $2) AS behind) AS endpoints_behind,
       (SELECT count(*)
          FROM webhook_lane l
          JOIN webhook_endpoint e ON e.id = l.endpoint_id
         WHERE e.state = 'active' AND l.failing_since IS NOT NULL) AS endpoints_failing,
       (SELECT count(*) FROM webhook_endpoint WHERE state = 'disabled' AND disabled_reason = 'failing') AS endpoints_dead,
       (SELECT count(*) FROM upload WHERE outcome = 'receiving' AND received = length) AS uploads_checking,
       (SELECT count(*) FROM pg_stat_replication) AS standbys
  FROM (SELECT count(*) AS waiting, min(created_at) AS oldest
          FROM (SELECT created_at FROM webhook_delivery WHERE state = 'pending' LIMIT $3) AS pending) AS w
"""


async def figures(tx: Tx) -> Figures:
    """All of them."""
    rows = await tx.fetch(READ, EVERYBODY, ENDPOINTS_COUNTED, WEBHOOKS_COUNTED)
    return Figures(**dict(rows[0]))
