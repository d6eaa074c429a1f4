"""From the request to the award: quantities, seals, states and their instants."""

from domain.doctor.model import Check

_RESTORE = (
    "Stop writing, compare with the newest backup, and restore what differs; `jembatan audit verify` tells since when."
)
_BY_HAND = (
    "Somebody changed rows by hand, or a release has a fault. Find the change in the events of the subject, put the row "
    "back to what they say, and report it."
)
_WORKER = "Look whether `jembatan work` runs and what it logs: it moves what is due four times a second."

CHECKS = (
    Check(
        id="awarded_within_quantity",
        means="Of no line of an RFQ is more awarded than was asked for.",
        severity="broken",
        remedy="Cancel an award of the line that is not accepted yet; of accepted ones close an order short.",
        sql="""
        SELECT 'rfq' AS kind, l.rfq_id AS id,
               format('line %s: %s of %s are awarded', l.line_no, trim_scale(l.awarded), trim_scale(l.quantity)) AS said
          FROM rfq_line l WHERE l.awarded > l.quantity OR l.awarded < 0
        """,
    ),
    Check(
        id="line_count",
        means="An RFQ counts the lines that it has: lists show the number without looking at the lines.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'rfq' AS kind, r.id, format('it counts %s lines and has %s', r.line_count, l.lines) AS said
          FROM rfq r
         CROSS JOIN LATERAL (SELECT count(*) AS lines FROM rfq_line WHERE rfq_id = r.id) l
         WHERE r.line_count <> l.lines
        """,
    ),
    Check(
        id="awarded_is_sum_of_awards",
        means="What a line counts as awarded is the sum of its awards that are issued or accepted.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'rfq' AS kind, l.rfq_id AS id,
               format('line %s counts %s, its awards add up to %s', l.line_no, trim_scale(l.awarded),
                      trim_scale(coalesce(a.quantity, 0))) AS said
          FROM rfq_line l
          LEFT JOIN (SELECT rfq_line_id, sum(quantity) AS quantity FROM award_line WHERE live GROUP BY rfq_line_id) a
            ON a.rfq_line_id = l.id
         WHERE l.awarded <> coalesce(a.quantity, 0)
        """,
    ),
    Check(
        id="award_lines_live",
        means="Lines of an award count exactly while it is issued or accepted.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'award' AS kind, a.id,
               format('line %s of an award that is %s counts: %s', l.line_no, a.state, l.live) AS said
          FROM award a JOIN award_line l ON l.award_id = a.id
         WHERE l.live <> (a.state IN ('issued', 'accepted'))
        """,
    ),
    Check(
        id="award_has_order",
        means="An award has an order exactly when it was accepted, and each names the other.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'award' AS kind, a.id,
               format('it is %s and its order is %s', a.state, coalesce(o.number, 'missing')) AS said
          FROM award a LEFT JOIN purchase_order o ON o.award_id = a.id
         WHERE (a.state = 'accepted') <> (o.id IS NOT NULL) OR a.order_id IS DISTINCT FROM o.id
        """,
    ),
    Check(
        id="rfq_instants",
        means="The instants of an RFQ agree with its state: published, closed, opened, ended.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'rfq' AS kind, r.id,
               format('it is %s; published %s, closed %s, opened %s, ended %s', r.state, r.published_at, r.closed_at,
                      r.opened_at, r.ended_at) AS said
          FROM rfq r
         WHERE CASE r.state
                   WHEN 'draft' THEN r.published_at IS NOT NULL OR r.opened_at IS NOT NULL OR r.ended_at IS NOT NULL
                   WHEN 'open' THEN r.published_at IS NULL OR r.closed_at IS NOT NULL OR r.opened_at IS NOT NULL
                   WHEN 'closed' THEN r.closed_at IS NULL OR r.opened_at IS NOT NULL
                   WHEN 'evaluating' THEN r.closed_at IS NULL OR r.opened_at IS NULL
                   WHEN 'awarded' THEN r.opened_at IS NULL
                   WHEN 'partially_awarded' THEN r.opened_at IS NULL
                   ELSE r.ended_at IS NULL
               END
            OR r.opened_at < r.quotes_close_at OR r.closed_at < r.quotes_close_at OR r.opened_at < r.closed_at
        """,
    ),
    Check(
        id="rfq_awarded_state",
        means="An RFQ is `awarded` when every line is taken, and `partially_awarded` only when something is.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'rfq' AS kind, r.id, format('it is %s, and awards were accepted for %s of %s lines in full', r.state,
                                           full_lines, all_lines) AS said
          FROM rfq r
         CROSS JOIN LATERAL (
               SELECT count(*) AS all_lines, count(*) FILTER (WHERE taken.quantity >= l.quantity) AS full_lines,
                      coalesce(sum(taken.quantity), 0) AS quantity
                 FROM rfq_line l
                 LEFT JOIN LATERAL (
                      SELECT sum(al.quantity) AS quantity FROM award_line al JOIN award a ON a.id = al.award_id
                       WHERE al.rfq_line_id = l.id AND a.state = 'accepted'
                     ) taken ON true
                WHERE l.rfq_id = r.id
              ) counted
         WHERE (r.state = 'awarded' AND full_lines < all_lines)
            OR (r.state = 'partially_awarded' AND (counted.quantity = 0 OR full_lines = all_lines))
        """,
    ),
    Check(
        id="sealed_has_no_content",
        means="Of a quote that is not opened no content is stored in the open.",
        severity="broken",
        remedy="Treat the prices of this RFQ as known: tell its buyer and suppliers, cancel it, and find out who wrote the row.",
        sql="""
        SELECT 'quote' AS kind, q.id, format('it is %s and not opened, and %s holds its content', q.state, found.place) AS said
          FROM quote q
          JOIN (SELECT quote_id, 'quote_opened' AS place FROM quote_opened
                UNION ALL SELECT quote_id, 'quote_technical' FROM quote_technical) found ON found.quote_id = q.id
         WHERE CASE found.place WHEN 'quote_opened' THEN q.opened_at ELSE q.technical_opened_at END IS NULL
        """,
    ),
    Check(
        id="opened_has_content",
        means="Every quote that was opened has its content, and was opened after its RFQ's deadline had passed.",
        severity="broken",
        remedy=_RESTORE,
        sql="""
        SELECT 'quote' AS kind, q.id, format('it was opened at %s%s', q.opened_at,
               CASE WHEN o.quote_id IS NULL THEN ', and its content is missing'
                    ELSE ', before the deadline of its round' END) AS said
          FROM quote q
          LEFT JOIN quote_opened o ON o.quote_id = q.id
          LEFT JOIN opening p ON p.rfq_id = q.rfq_id AND p.round = q.round
         WHERE q.opened_at IS NOT NULL AND (o.quote_id IS NULL OR q.opened_at < p.quotes_close_at)
        """,
    ),
    Check(
        id="quote_instants",
        means="A quote is opened in exactly the states that come after the opening.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'quote' AS kind, q.id, format('it is %s and opened at %s', q.state, coalesce(q.opened_at::text, 'no time')) AS said
          FROM quote q
         WHERE (q.state IN ('draft', 'submitted', 'needs_reconfirmation', 'withdrawn', 'lapsed') AND q.opened_at IS NOT NULL)
            OR (q.state IN ('opened', 'superseded', 'awarded', 'partially_awarded', 'expired') AND q.opened_at IS NULL)
        """,
    ),
    Check(
        id="submission_matches_quote",
        means="A quote's commitment and instant are those of the submission that counts, and its submissions are numbered.",
        severity="broken",
        remedy=_RESTORE,
        sql="""
        SELECT 'quote' AS kind, q.id,
               CASE WHEN s.quote_id IS NULL THEN format('submission %s is missing', q.submission)
                    WHEN s.commitment <> q.commitment THEN format('submission %s has another commitment', q.submission)
                    ELSE format('of %s submissions %s are there', q.submission, c.count) END AS said
          FROM quote q
          LEFT JOIN quote_submission s ON s.quote_id = q.id AND s.number = q.submission
         CROSS JOIN LATERAL (SELECT count(*), max(number) FROM quote_submission n WHERE n.quote_id = q.id) c
         WHERE q.submission > 0
           AND (s.quote_id IS NULL OR s.commitment IS DISTINCT FROM q.commitment OR c.count <> q.submission
                OR c.max <> q.submission)
        """,
    ),
    Check(
        id="rfq_has_key",
        means="Every published RFQ has the key pair that its quotes are sealed with.",
        severity="broken",
        remedy="Restore the row of rfq_key from a backup; without it no quote of this RFQ can be opened.",
        sql="""
        SELECT 'rfq' AS kind, r.id, 'it has no key' AS said
          FROM rfq r WHERE r.published_at IS NOT NULL AND NOT EXISTS (SELECT FROM rfq_key k WHERE k.rfq_id = r.id)
        """,
    ),
    Check(
        id="quote_of_participant",
        means="Every quote is of a supplier that takes part in its RFQ, for that RFQ's buyer, and of no later round than it.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'quote' AS kind, q.id, format('its supplier takes part: %s; round %s of %s', p.id IS NOT NULL, q.round, r.round)
               AS said
          FROM quote q
          JOIN rfq r ON r.id = q.rfq_id
          LEFT JOIN participation p ON p.rfq_id = q.rfq_id AND p.supplier_id = q.supplier_id
         WHERE p.id IS NULL OR q.buyer_id <> r.buyer_id OR q.round > r.round OR r.state = 'draft'
        """,
    ),
    Check(
        id="clock_runs",
        means="What is due is done: RFQs close at their deadline, awards and counter-offers end at theirs.",
        severity="warning",
        remedy=_WORKER,
        sql="""
        SELECT kind, id, format('it was due at %s', due) AS said
          FROM (
                SELECT 'rfq' AS kind, id, quotes_close_at AS due FROM rfq WHERE state = 'open'
                UNION ALL
                SELECT 'award', a.id, a.accept_by FROM award a WHERE a.state = 'issued'
                   AND NOT EXISTS (SELECT FROM objection o WHERE o.rfq_id = a.rfq_id AND o.state = 'filed')
                UNION ALL
                SELECT 'counter_offer', id, answer_by FROM counter_offer WHERE state = 'proposed'
               ) waiting
         WHERE due < clock_timestamp() - interval '5 minutes'
        """,
    ),
)
