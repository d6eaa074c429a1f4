/** Files that are sent and written as they travel, never whole in memory. */

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { rename, stat, unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { StoredFile } from './generated/types.gen.js';
import { problemOf, type Hub } from './hub.js';

/** Send a file. It is opened anew for each attempt. */
export async function upload(hub: Hub, path: string, name = basename(path)): Promise<StoredFile> {
  const url = `${hub.baseUrl}/v1/files?name=${encodeURIComponent(name)}`;
  const key = crypto.randomUUID();
  const headers = { 'content-type': 'application/octet-stream', 'idempotency-key': key };
  const response = await hub.send(async () => new Request(url, { method: 'POST', headers, body: await openAsBlob(path) }));
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as StoredFile;
}

/** Write a file to `path`, going on where an earlier attempt broke; what is there in the end has the server's SHA-256. */
export async function download(hub: Hub, id: string, path: string): Promise<{ size: number; sha256: string }> {
  const url = `${hub.baseUrl}/v1/files/${encodeURIComponent(id)}/content`;
  const part = `${path}.part`;
  for (let left = 5; ; left--) {
    const have = await stat(part).then((found) => found.size, () => 0);
    const headers: Record<string, string> = have ? { range: `bytes=${have}-` } : {};
    const response = await hub.send(() => new Request(url, { headers }));
    if (response.status === 416) {
      await unlink(part);
      continue;
    }
    if (!response.ok || !response.body) throw await problemOf(response);
    const begins = response.status !== 206;
    try {
      const body = Readable.fromWeb(response.body as import('node:stream/web').ReadableStream);
      await pipeline(body, createWriteStream(part, { flags: begins ? 'w' : 'a' }));
    } catch (error) {
      if (left === 0) throw error;
      continue;
    }
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of createReadStream(part)) {
      hash.update(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
    const sha256 = hash.digest('hex');
    const wanted = /^"([0-9a-f]{64})"$/.exec(response.headers.get('etag') ?? '')?.[1];
    if (wanted !== undefined && wanted !== sha256) {
      await unlink(part);
      if (begins || left === 0) throw new Error('what arrived is not what the server has: its SHA-256 differs');
      continue;
    }
    await rename(part, path);
    return { size, sha256 };
  }
}
