import { idempotencyKey } from './client';

/** Makes a call that the server itself has offered, with a body that it has written. Use it through `call`. */
export async function send(method: string, path: string, body: unknown, signal: AbortSignal): Promise<{ data?: unknown; error?: unknown; response: Response }> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey() };
  const response = await fetch(path, { method, headers, body: JSON.stringify(body), credentials: 'same-origin', signal });
  const answer: unknown = await response.json().catch(() => null);
  return response.ok ? { data: answer ?? {}, response } : { error: answer, response };
}
