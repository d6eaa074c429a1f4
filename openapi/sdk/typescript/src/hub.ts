/** The entry point: every operation under its noun, with keys, retries and refusals taken care of. */

import { createClient, createConfig } from './generated/client/index.js';
import { Operations } from './generated/sdk.gen.js';
import type { Problem } from './generated/types.gen.js';

/** How often and how long one call is tried; a pause is never shorter than the server's `Retry-After`. */
export interface Retry {
  attempts: number;
  totalMs: number;
  firstMs: number;
  longestMs: number;
}

export interface HubOptions {
  baseUrl: string;
  /** An API key, or something that gives a token when it is asked. */
  key: string | (() => string | Promise<string>);
  /** Of titles and labels: `id` or `en`. */
  language?: string;
  retry?: Partial<Retry>;
}

/** The server refused. Branch on `code`; `problem` is the whole document (RFC 9457). */
export class ApiError extends Error {
  readonly code: string;

  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
    readonly headers: Headers,
  ) {
    super(problem ? `${status} ${problem.code}: ${problem.detail}` : `${status}`);
    this.name = 'ApiError';
    this.code = problem?.code ?? `http_${status}`;
  }
}

const SAFE = new Set(['GET', 'HEAD']);
const AGAIN = new Set([429, 503]);
const PERHAPS = new Set([500, 502, 504]);

export function retryAfterMs(value: string | null, now = Date.now()): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

/** Milliseconds to wait after attempt number `made`, or undefined: give up. */
export function pauseMs(retry: Retry, made: number, elapsed: number, told: number | undefined): number | undefined {
  if (made >= retry.attempts) return undefined;
  const own = Math.min(retry.longestMs, retry.firstMs * 2 ** (made - 1)) * (0.5 + Math.random() / 2);
  const wait = told === undefined ? own : told + Math.random() * Math.min(1000, own);
  return elapsed + wait > retry.totalMs ? undefined : wait;
}

export async function problemOf(response: Response): Promise<ApiError> {
  let problem: Problem | undefined;
  try {
    const found: unknown = await response.json();
    if (typeof found === 'object' && found !== null && 'code' in found) problem = found as Problem;
  } catch {
    problem = undefined; // something before the server answered
  }
  return new ApiError(response.status, problem, response.headers);
}

export class Hub extends Operations {
  readonly baseUrl: string;
  readonly #key: HubOptions['key'];
  readonly #language: string | undefined;
  readonly #retry: Retry;

  constructor(options: HubOptions) {
    const baseUrl = options.baseUrl.replace(/\/$/, '');
    // A class field cannot be read before `super`, and the client needs a way to send.
    const box: { hub?: Hub } = {};
    const send = (input: RequestInfo | URL, init?: RequestInit) => {
      const asked = new Request(input, init);
      return box.hub!.send(() => asked.clone()); // a request's body can be read once
    };
    super({ client: createClient(createConfig({ baseUrl, fetch: send as typeof fetch })) });
    this.baseUrl = baseUrl;
    this.#key = options.key;
    this.#language = options.language;
    this.#retry = { attempts: 6, totalMs: 60_000, firstMs: 500, longestMs: 20_000, ...options.retry };
    box.hub = this;
  }

  /** Send what `make` makes, anew for each attempt. Answers refusals too, once asking again is no use. */
  async send(make: () => Request | Promise<Request>): Promise<Response> {
    const began = Date.now();
    const key = crypto.randomUUID();
    for (let made = 1; ; made++) {
      const request = await make();
      request.headers.set('authorization', `Bearer ${typeof this.#key === 'string' ? this.#key : await this.#key()}`);
      if (this.#language) request.headers.set('accept-language', this.#language);
      if (request.method === 'POST' && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', key);
      const repeatable = SAFE.has(request.method) || request.headers.has('idempotency-key');
      let told: number | undefined;
      let response: Response | undefined;
      try {
        response = await fetch(request);
        if (!AGAIN.has(response.status) && !(PERHAPS.has(response.status) && repeatable)) return response;
        told = retryAfterMs(response.headers.get('retry-after'));
      } catch (error) {
        // A change with If-Match may have been done: a second one would be told that its version has gone.
        if (!repeatable || pauseMs(this.#retry, made, Date.now() - began, undefined) === undefined) throw error;
      }
      const pause = pauseMs(this.#retry, made, Date.now() - began, told);
      if (pause === undefined) return response as Response;
      await response?.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** The data of an answer; `ApiError` when the server refused (status 304 too, when `If-None-Match` still fits). */
export async function ok<T>(
  call: Promise<{ data?: T; error?: unknown; response?: Response }>,
): Promise<NonNullable<T>> {
  const { data, error, response } = await call;
  if (response === undefined) throw error;
  if (!response.ok) {
    const problem = typeof error === 'object' && error !== null && 'code' in error ? (error as Problem) : undefined;
    throw new ApiError(response.status, problem, response.headers);
  }
  return data as NonNullable<T>;
}

/** Every item of every page: `iterate((after) => hub.rfqs.list({ query: { after } }))`. */
export async function* iterate<T>(
  list: (after: string | undefined) => Promise<{
    data?: { items: Array<T>; next_cursor: string | null };
    error?: unknown;
    response?: Response;
  }>,
): AsyncGenerator<T> {
  let after: string | undefined;
  for (;;) {
    const page = await ok(list(after));
    yield* page.items;
    // The feed's last page is empty and has a cursor: there is nothing new yet.
    if (!page.next_cursor || page.items.length === 0) return;
    after = page.next_cursor;
  }
}
