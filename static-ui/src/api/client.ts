import createClient from 'openapi-fetch';
import type { paths } from './schema';

/** The API of the same origin; typed by the server's description. Use it through `call`. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });

// The server takes writes of a session only as JSON, also those that have nothing to say beyond their address.
api.use({
  onRequest({ request }) {
    if (request.method !== 'GET' && !request.headers.has('content-type')) request.headers.set('content-type', 'application/json');
    return request;
  },
});

/** A request that takes longer than this counts as lost. */
export function patience(ms = 10_000): AbortSignal {
  return AbortSignal.timeout(ms);
}

/** A new key for one intended change, so that the server can tell a repetition from a second wish. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
