/** Deliveries that this server sent, told from those that somebody else did (Standard Webhooks 1.0). */

import { createHmac, timingSafeEqual } from 'node:crypto';

export class BadSignature extends Error {}

/** The JSON of a delivery. Pass the body as it came; `secrets` are two while a rotation is under way. */
export function verify(
  headers: Record<string, string | Array<string> | undefined>,
  body: string | Uint8Array,
  secrets: string | Array<string>,
  { toleranceSeconds = 300, now = Date.now() / 1000 } = {},
): unknown {
  const found = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const { 'webhook-id': id, 'webhook-timestamp': stamp, 'webhook-signature': offered } = found;
  if (!id || !offered || !stamp || !/^\d+$/.test(stamp)) throw new BadSignature('headers are missing or malformed');
  if (Math.abs(now - Number(stamp)) > toleranceSeconds) throw new BadSignature('too old, or from the future');
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
  const signed = Buffer.concat([Buffer.from(`${id}.${stamp}.`), bytes]);
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const wanted = Buffer.from(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    for (const each of offered.split(' ')) {
      const given = Buffer.from(each);
      if (given.length === wanted.length && timingSafeEqual(given, wanted)) return JSON.parse(bytes.toString('utf8'));
    }
  }
  throw new BadSignature('no signature fits');
}
