# What the document shows beside operations, run whole by tests/sdk/test_samples.py: JEMBATAN_URL, BUYER_KEY, SUPPLIER_KEY, DRAWING.
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

url, key, drawing = os.environ["JEMBATAN_URL"], os.environ["BUYER_KEY"], Path(os.environ["DRAWING"])
in_three_days = datetime.now(UTC) + timedelta(days=3)
in_two_months = (datetime.now(UTC) + timedelta(days=60)).date()

# [hub]
from jembatan_client import Hub

hub = Hub(url, key)
# [/hub]

# [create_rfq]
shaft = {
    "line_no": 1,
    "part_number": "P-001",
    "name": {"id": "Poros", "en": "Shaft"},
    "specification": "Turn to the sizes of the drawing.",
    "material": "S45C",
    "processes": ["turning_cnc"],
    "quantity": "100",
    "unit": "H87",
}
rfq = hub.rfqs.create(
    {"title": "Shafts", "visibility": "open", "quotes_close_at": in_three_days.isoformat(), "lines": [shaft]}
)
# [/create_rfq]

# [upload_file]
file = hub.files.upload(drawing)
print(file.id, file.sha256)
# [/upload_file]

# [publish_rfq]
rfq = hub.rfqs.publish(rfq.id, if_match=rfq)
# [/publish_rfq]

hub.close()
hub = Hub(url, os.environ["SUPPLIER_KEY"])

# [list_rfqs]
for card in hub.rfqs.iterate(state="open"):
    print(card.id, card.title, card.quotes_close_at)
# [/list_rfqs]

# [create_quote]
breaks = [{"min_quantity": "1", "unit_price": "12500"}, {"min_quantity": "100", "unit_price": "11000"}]
quote = hub.quotes.create(
    rfq.id,
    {"valid_until": in_two_months.isoformat(), "lines": [{"line_no": 1, "lead_time_days": 14, "breaks": breaks}]},
)
# [/create_quote]

# [submit_quote]
quote = hub.quotes.submit(quote.id, if_match=quote)
print(quote.state)  # submitted: sealed until the opening
# [/submit_quote]

# [list_events]
for event in hub.events.iterate(types=["rfq.published", "quote.submitted"]):
    print(event.at, event.type_, event.subject_id)
# [/list_events]

seen = {event.subject_id for event in hub.events.iterate(types=["quote.submitted"])}
hub.close()
if quote.state != "submitted" or quote.id not in seen:
    raise SystemExit("not submitted")
print("done")
