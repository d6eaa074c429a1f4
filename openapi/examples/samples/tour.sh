#!/bin/sh
# What the document shows beside operations, run whole by tests/sdk/test_samples.py: JEMBATAN_URL, BUYER_KEY, SUPPLIER_KEY, DRAWING.
set -eu
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT
id() { sed -E 's/^\{"id":"([^"]+)".*/\1/' "$out/$1"; }
RFQ_NUMBER=$(date +%s)
CLOSES=$(date -u -d '+3 days' +%Y-%m-%dT%H:%M:%SZ)
VALID=$(date -u -d '+60 days' +%Y-%m-%d)
JEMBATAN_KEY=$BUYER_KEY

{
# [create_rfq]
curl "$JEMBATAN_URL/v1/rfqs" --fail-with-body \
  --header "Authorization: Bearer $JEMBATAN_KEY" \
  --header "Idempotency-Key: rfq-$RFQ_NUMBER" \
  --json '{
    "title": "Shafts",
    "visibility": "open",
    "quotes_close_at": "'"$CLOSES"'",
    "lines": [{
      "line_no": 1, "part_number": "P-001", "name": {"id": "Poros", "en": "Shaft"},
      "specification": "Turn to the sizes of the drawing.", "material": "S45C",
      "processes": ["turning_cnc"], "quantity": "100", "unit": "H87"
    }]
  }'
# [/create_rfq]
} > "$out/rfq"
RFQ=$(id rfq)

{
# [upload_file]
curl "$JEMBATAN_URL/v1/files?name=shaft.pdf" --fail-with-body \
  --header "Authorization: Bearer $JEMBATAN_KEY" \
  --header "Idempotency-Key: shaft.pdf-$RFQ_NUMBER" \
  --header "Content-Type: application/octet-stream" --upload-file "$DRAWING" --request POST
# [/upload_file]
} > "$out/file"

{
# [publish_rfq]
curl "$JEMBATAN_URL/v1/rfqs/$RFQ/publish" --fail-with-body --request POST \
  --header "Authorization: Bearer $JEMBATAN_KEY" \
  --header "Idempotency-Key: publish-$RFQ_NUMBER"
# [/publish_rfq]
} > "$out/published"

JEMBATAN_KEY=$SUPPLIER_KEY
{
# [list_rfqs]
curl "$JEMBATAN_URL/v1/rfqs?state=open&limit=50" --fail-with-body \
  --header "Authorization: Bearer $JEMBATAN_KEY"
# [/list_rfqs]
} > "$out/rfqs"
grep -q "$RFQ" "$out/rfqs"

{
# [create_quote]
curl "$JEMBATAN_URL/v1/rfqs/$RFQ/quotes" --fail-with-body \
  --header "Authorization: Bearer $JEMBATAN_KEY" \
  --header "Idempotency-Key: quote-$RFQ_NUMBER" \
  --json '{
    "valid_until": "'"$VALID"'",
    "lines": [{
      "line_no": 1, "lead_time_days": 14,
      "breaks": [{"min_quantity": "1", "unit_price": "12500"}, {"min_quantity": "100", "unit_price": "11000"}]
    }]
  }'
# [/create_quote]
} > "$out/quote"
QUOTE=$(id quote)

{
# [submit_quote]
curl "$JEMBATAN_URL/v1/quotes/$QUOTE/submit" --fail-with-body --request POST \
  --header "Authorization: Bearer $JEMBATAN_KEY" \
  --header "Idempotency-Key: submit-$RFQ_NUMBER"
# [/submit_quote]
} > "$out/submitted"
grep -q '"state":"submitted"' "$out/submitted"

{
# [list_events]
curl "$JEMBATAN_URL/v1/events?types=rfq.published,quote.submitted&limit=100" --fail-with-body \
  --header "Authorization: Bearer $JEMBATAN_KEY"
# [/list_events]
} > "$out/events"
grep -q "$QUOTE" "$out/events"
echo done
