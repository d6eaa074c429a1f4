/** The story that every SDK plays, in TypeScript. */

import { statSync } from 'node:fs';
import { ApiError, Hub, download, iterate, ok, upload, type RfqCreate } from 'jembatan-client';

const env = (name: string): string => process.env[name] ?? '';
const future = env('FUTURE') !== '';
const hub = new Hub({ baseUrl: env('JEMBATAN_URL'), key: env('BUYER_KEY') });
const workshop = new Hub({ baseUrl: env('JEMBATAN_URL'), key: env('SUPPLIER_KEY') });

function check(holds: boolean, what: unknown): void {
  if (!holds) throw new Error(`wrong: ${JSON.stringify(what)}`);
}

async function refused(call: Promise<unknown>, status: number, code: string): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) {
      check(error.status === status && error.code === code, [error.status, error.code]);
      return;
    }
    throw error;
  }
  throw new Error(`${code} was expected`);
}

const draft = (title: string): RfqCreate => ({
  title,
  visibility: 'open',
  description: 'To be cleared',
  quotes_close_at: new Date(Date.now() + 2 * 3600_000).toISOString(),
  lines: [
    {
      line_no: 1,
      part_number: 'P-001',
      name: { id: 'Poros', en: 'Shaft' },
      specification: 'Turn to the sizes in the characteristics.',
      material: 'S45C',
      processes: ['turning_cnc'],
      quantity: '100',
      unit: 'H87',
    },
  ],
});

const rfq = await ok(hub.rfqs.create({ body: draft('Shafts') }));
const path = { rfq_id: rfq.id };
check(rfq.intent === (future ? 'value_of_tomorrow' : 'firm'), rfq.intent);
console.log('ok create');
await refused(ok(hub.rfqs.get({ path, headers: { 'If-None-Match': rfq.etag } })), 304, 'http_304');
console.log('ok etag');
const changed = await ok(hub.rfqs.update({ path, body: { description: null }, headers: { 'If-Match': rfq.etag } }));
check(changed.description === null && changed.title === 'Shafts', changed);
console.log('ok patch_null');
const late = hub.rfqs.update({ path, body: { title: 'Late' }, headers: { 'If-Match': rfq.etag } });
await refused(ok(late), 412, 'stale_version');
console.log('ok stale_etag');
const open = await ok(hub.rfqs.publish({ path, headers: { 'If-Match': changed.etag } }));
check(open.state === 'open', open.state);
console.log('ok publish');
const until = new Date(Date.now() + 60 * 86400_000).toISOString().slice(0, 10);
const lines = [{ line_no: 1, breaks: [{ min_quantity: '1', unit_price: '12500' }], lead_time_days: 14 }];
const quote = await ok(workshop.quotes.create({ path, body: { valid_until: until, lines } }));
const sent = await ok(workshop.quotes.submit({ path: { quote_id: quote.id }, headers: { 'If-Match': quote.etag } }));
check(sent.state === 'submitted', sent.state);
console.log('ok quote');
for (const number of [0, 1]) await ok(hub.rfqs.create({ body: draft(`More ${number}`) }));
const titles: string[] = [];
for await (const card of iterate((after) => hub.rfqs.list({ query: { after, limit: 1 } }))) titles.push(card.title);
check(titles.join() === 'More 1,More 0,Shafts', titles);
console.log('ok pages');
const file = await upload(hub, env('BIG_FILE'));
console.log('ok upload');
const got = await download(hub, file.id, env('OUT_FILE'));
check(got.sha256 === file.sha256 && statSync(env('OUT_FILE')).size === file.size, got);
console.log('ok download');
const told: string[] = [];
for await (const event of iterate((after) => hub.events.list({ query: { after, subject: rfq.id } }))) told.push(event.type);
check(told.includes('rfq.published'), told);
console.log('ok events');
await refused(ok(hub.rfqs.get({ path: { rfq_id: `rfq_${'0'.repeat(32)}` } })), 404, 'not_found');
console.log('ok not_found');
