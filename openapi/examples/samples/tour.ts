// What the document shows beside operations, run whole by tests/sdk/test_samples.py: JEMBATAN_URL, BUYER_KEY, SUPPLIER_KEY, DRAWING.
let key = process.env.BUYER_KEY!;
const [baseUrl, drawing] = [process.env.JEMBATAN_URL!, process.env.DRAWING!];
const inDays = (days: number): string => new Date(Date.now() + days * 86400_000).toISOString();

// [hub]
import { Hub, iterate, ok, upload } from 'jembatan-client';

let hub = new Hub({ baseUrl, key });
// [/hub]

// [create_rfq]
const shaft = {
  line_no: 1,
  part_number: 'P-001',
  name: { id: 'Poros', en: 'Shaft' },
  specification: 'Turn to the sizes of the drawing.',
  material: 'S45C',
  processes: ['turning_cnc'],
  quantity: '100',
  unit: 'H87',
};
const rfq = await ok(
  hub.rfqs.create({ body: { title: 'Shafts', visibility: 'open', quotes_close_at: inDays(3), lines: [shaft] } }),
);
// [/create_rfq]

// [upload_file]
const file = await upload(hub, drawing);
console.log(file.id, file.sha256);
// [/upload_file]

// [publish_rfq]
const open = await ok(hub.rfqs.publish({ path: { rfq_id: rfq.id }, headers: { 'If-Match': rfq.etag } }));
// [/publish_rfq]

key = process.env.SUPPLIER_KEY!;
hub = new Hub({ baseUrl, key });

// [list_rfqs]
for await (const card of iterate((after) => hub.rfqs.list({ query: { after, state: 'open' } }))) {
  console.log(card.id, card.title, card.quotes_close_at);
}
// [/list_rfqs]

// [create_quote]
const breaks = [
  { min_quantity: '1', unit_price: '12500' },
  { min_quantity: '100', unit_price: '11000' },
];
const quote = await ok(
  hub.quotes.create({
    path: { rfq_id: rfq.id },
    body: { valid_until: inDays(60).slice(0, 10), lines: [{ line_no: 1, lead_time_days: 14, breaks }] },
  }),
);
// [/create_quote]

// [submit_quote]
const sent = await ok(hub.quotes.submit({ path: { quote_id: quote.id }, headers: { 'If-Match': quote.etag } }));
console.log(sent.state); // submitted: sealed until the opening
// [/submit_quote]

// [list_events]
const types = ['rfq.published', 'quote.submitted'];
for await (const event of iterate((after) => hub.events.list({ query: { after, types } }))) {
  console.log(event.at, event.type, event.subject_id);
}
// [/list_events]

if (open.state !== 'open' || sent.state !== 'submitted') throw new Error('not submitted');
console.log('done');
