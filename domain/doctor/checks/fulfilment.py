"""From the order to the payment: every running sum against what it is the sum of."""

from domain.doctor.model import Check

_BY_HAND = (
    "Somebody changed rows by hand, or a release has a fault. The despatches, receipts and inspections are the record: put "
    "the sum back to what they add up to, and report it."
)

CHECKS = (
    Check(
        id="order_of_award",
        means="An order that nobody changed says what its award said: lines, quantities, prices.",
        severity="broken",
        remedy="Compare with the accepted change orders and the events of the order; what both sides signed is what counts.",
        sql="""
        SELECT 'order' AS kind, o.id,
               format('line %s: %s at %s, awarded were %s at %s', coalesce(l.line_no, a.line_no), trim_scale(l.ordered),
                      trim_scale(l.unit_price), trim_scale(a.quantity), trim_scale(a.unit_price)) AS said
          FROM purchase_order o
          LEFT JOIN (order_line l FULL JOIN (
                     SELECT p.id AS order_id, al.line_no, al.quantity, al.unit_price
                       FROM award_line al JOIN purchase_order p ON p.award_id = al.award_id
                    ) a ON a.order_id = l.order_id AND a.line_no = l.line_no)
            ON o.id = coalesce(l.order_id, a.order_id)
         WHERE o.revision = 0 AND o.state <> 'short_closed'
           AND (l.ordered IS DISTINCT FROM a.quantity OR l.unit_price IS DISTINCT FROM a.unit_price)
        """,
    ),
    Check(
        id="order_revision",
        means="An order's revision is that of its newest accepted change order.",
        severity="broken",
        remedy="Compare the change orders with the events of the order.",
        sql="""
        SELECT 'order' AS kind, o.id, format('it is at revision %s, its change orders at %s', o.revision, coalesce(c.revision, 0))
               AS said
          FROM purchase_order o
          LEFT JOIN (SELECT order_id, max(revision) AS revision FROM change_order WHERE state = 'accepted' GROUP BY order_id) c
            ON c.order_id = o.id
         WHERE o.revision <> coalesce(c.revision, 0)
        """,
    ),
    Check(
        id="order_despatched",
        means="What a line counts as despatched, samples among it, is the sum of its despatches that were not cancelled.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'order' AS kind, l.order_id AS id,
               format('line %s counts %s (%s samples), despatches add up to %s (%s)', l.line_no, trim_scale(l.despatched),
                      trim_scale(l.sampled), trim_scale(coalesce(d.sent, 0)), trim_scale(coalesce(d.sampled, 0))) AS said
          FROM order_line l
          LEFT JOIN (SELECT d.order_id, dl.line_no, sum(dl.quantity) AS sent,
                            sum(dl.quantity) FILTER (WHERE d.kind = 'sample') AS sampled
                       FROM despatch d JOIN despatch_line dl ON dl.despatch_id = d.id
                      WHERE d.state <> 'cancelled' GROUP BY d.order_id, dl.line_no) d
            ON d.order_id = l.order_id AND d.line_no = l.line_no
         WHERE l.despatched <> coalesce(d.sent, 0) OR l.sampled <> coalesce(d.sampled, 0)
        """,
    ),
    Check(
        id="order_received",
        means="What a line counts as received, short, accepted and rejected is the sum of its receipts.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'order' AS kind, l.order_id AS id,
               format('line %s counts %s received, %s short, %s accepted, %s rejected; its receipts %s, %s, %s, %s', l.line_no,
                      trim_scale(l.received), trim_scale(l.short), trim_scale(l.accepted), trim_scale(l.rejected),
                      trim_scale(coalesce(r.received, 0)), trim_scale(coalesce(r.short, 0)),
                      trim_scale(coalesce(r.accepted, 0)), trim_scale(coalesce(r.rejected, 0))) AS said
          FROM order_line l
          LEFT JOIN (SELECT r.order_id, rl.line_no, sum(rl.received) AS received, sum(rl.short) AS short,
                            sum(rl.accepted) AS accepted, sum(rl.rejected) AS rejected
                       FROM receipt r JOIN receipt_line rl ON rl.receipt_id = r.id GROUP BY r.order_id, rl.line_no) r
            ON r.order_id = l.order_id AND r.line_no = l.line_no
         WHERE (l.received, l.short, l.accepted, l.rejected)
               <> (coalesce(r.received, 0), coalesce(r.short, 0), coalesce(r.accepted, 0), coalesce(r.rejected, 0))
        """,
    ),
    Check(
        id="despatch_received",
        means="What a lot of a despatch counts as received and short is the sum of its receipts.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'despatch' AS kind, d.despatch_id AS id,
               format('line %s, lot %s counts %s received and %s short; its receipts %s and %s', d.line_no, d.lot,
                      trim_scale(d.received), trim_scale(d.short), trim_scale(coalesce(r.received, 0)),
                      trim_scale(coalesce(r.short, 0))) AS said
          FROM despatch_line d
          LEFT JOIN (SELECT r.despatch_id, rl.line_no, rl.lot, sum(rl.received) AS received, sum(rl.short) AS short
                       FROM receipt r JOIN receipt_line rl ON rl.receipt_id = r.id
                      GROUP BY r.despatch_id, rl.line_no, rl.lot) r
            ON r.despatch_id = d.despatch_id AND r.line_no = d.line_no AND r.lot = d.lot
         WHERE (d.received, d.short) <> (coalesce(r.received, 0), coalesce(r.short, 0))
        """,
    ),
    Check(
        id="inspection_adds_up",
        means="What a lot counts as accepted and rejected is the sum of what its inspection recorded.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'receipt' AS kind, l.receipt_id AS id,
               format('line %s, lot %s counts %s accepted and %s rejected; recorded are %s and %s', l.line_no, l.lot,
                      trim_scale(l.accepted), trim_scale(l.rejected), trim_scale(coalesce(i.accepted, 0)),
                      trim_scale(coalesce(i.rejected, 0))) AS said
          FROM receipt_line l
          LEFT JOIN (SELECT i.receipt_id, (line ->> 'line_no')::integer AS line_no, line ->> 'lot' AS lot,
                            sum((line ->> 'accepted')::numeric) AS accepted, sum((line ->> 'rejected')::numeric) AS rejected
                       FROM inspection i
                      CROSS JOIN jsonb_array_elements(i.results) AS recording
                      CROSS JOIN jsonb_array_elements(recording -> 'lines') AS line
                      GROUP BY 1, 2, 3) i
            ON i.receipt_id = l.receipt_id AND i.line_no = l.line_no AND i.lot = l.lot
         WHERE (l.accepted, l.rejected) <> (coalesce(i.accepted, 0), coalesce(i.rejected, 0))
        """,
    ),
    Check(
        id="nonconformance_adds_up",
        means="What a nonconformance counts as returned and replaced is the sum of its return notes and replacements.",
        severity="broken",
        remedy=_BY_HAND,
        sql="""
        SELECT 'nonconformance' AS kind, n.id,
               format('it counts %s returned and %s replaced; papers say %s and %s', trim_scale(n.returned),
                      trim_scale(n.replaced), trim_scale(coalesce(r.quantity, 0)), trim_scale(coalesce(d.quantity, 0))) AS said
          FROM nonconformance n
          LEFT JOIN (SELECT nonconformance_id, sum(quantity) AS quantity FROM return_shipment GROUP BY 1) r
            ON r.nonconformance_id = n.id
          LEFT JOIN (SELECT d.replaces, sum(dl.quantity) AS quantity
                       FROM despatch d JOIN despatch_line dl ON dl.despatch_id = d.id
                      WHERE d.replaces IS NOT NULL AND d.state <> 'cancelled' GROUP BY 1) d
            ON d.replaces = n.id
         WHERE (n.returned, n.replaced) <> (coalesce(r.quantity, 0), coalesce(d.quantity, 0))
        """,
    ),
    Check(
        id="invoice_paid",
        means="What an invoice counts as paid is the sum of its payments, and never above its total.",
        severity="broken",
        remedy="The payments are the record. Put the sum back to what they add up to, and report it.",
        sql="""
        SELECT 'invoice' AS kind, i.id,
               format('it counts %s of %s paid; its payments add up to %s', trim_scale(i.paid), trim_scale(i.total),
                      trim_scale(coalesce(p.amount, 0))) AS said
          FROM invoice i
          LEFT JOIN (SELECT invoice_id, sum(amount) AS amount FROM invoice_payment GROUP BY 1) p ON p.invoice_id = i.id
         WHERE i.paid <> coalesce(p.amount, 0) OR i.paid > i.total OR (i.state = 'paid' AND i.paid < i.total)
        """,
    ),
    Check(
        id="order_invoiced",
        means="What a line counts as invoiced is the sum of its matched invoices less its credit notes.",
        severity="broken",
        remedy="The invoices are the record. Put the sum back to what they add up to, and report it.",
        sql="""
        SELECT 'order' AS kind, l.order_id AS id,
               format('line %s counts %s invoiced, its invoices add up to %s', l.line_no, trim_scale(l.invoiced),
                      trim_scale(coalesce(i.quantity, 0))) AS said
          FROM order_line l
          LEFT JOIN (SELECT i.order_id, (item ->> 'line_no')::integer AS line_no,
                            sum((item ->> 'quantity')::numeric * CASE i.kind WHEN 'credit' THEN -1 ELSE 1 END) AS quantity
                       FROM invoice i CROSS JOIN jsonb_array_elements(i.content -> 'lines') AS item
                      WHERE i.state IN ('matched', 'paid') GROUP BY 1, 2) i
            ON i.order_id = l.order_id AND i.line_no = l.line_no
         WHERE l.invoiced <> coalesce(i.quantity, 0)
        """,
    ),
    Check(
        id="order_instants",
        means="The instants of an order agree with its state.",
        severity="broken",
        remedy="Put the row back to what the events of the order say, and report it.",
        sql="""
        SELECT 'order' AS kind, o.id,
               format('it is %s; acknowledged %s, completed %s', o.state, o.acknowledged_at, o.completed_at) AS said
          FROM purchase_order o
         WHERE (o.state IN ('acknowledged', 'in_progress', 'completed') AND o.acknowledged_at IS NULL)
            OR (o.state = 'completed') <> (o.completed_at IS NOT NULL)
            OR (o.state IN ('issued', 'rejected') AND o.acknowledged_at IS NOT NULL)
        """,
    ),
    Check(
        id="schedule_within_order",
        means="No more of an order line is scheduled than is ordered.",
        severity="broken",
        remedy="Let the buyer cancel a call-off, or both sides sign a change order.",
        sql="""
        SELECT 'order' AS kind, l.order_id AS id,
               format('line %s: %s are scheduled of %s', l.line_no, trim_scale(s.quantity), trim_scale(l.ordered)) AS said
          FROM order_line l
          JOIN (SELECT order_id, line_no, sum(quantity) AS quantity FROM schedule_line
                 WHERE state <> 'cancelled' GROUP BY 1, 2) s ON s.order_id = l.order_id AND s.line_no = l.line_no
         WHERE s.quantity > l.ordered
        """,
    ),
)
