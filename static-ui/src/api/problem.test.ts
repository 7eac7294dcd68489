import { expect, test, vi } from 'vitest';
import { call, onSignedOut } from './problem';

const answer = (status: number, error?: unknown, headers: Record<string, string> = {}) =>
  call(Promise.resolve({ error, response: new Response(null, { status, headers }) }));

test('the server’s sentence is what people read', async () => {
  const refused = await answer(409, { error: 'transition_refused', message: 'Close the issue on GitHub.', details: {} }, { 'x-request-id': 'r1' });
  expect(refused).toMatchObject({ ok: false, problem: { kind: 'refused', code: 'transition_refused', message: 'Close the issue on GitHub.', requestId: 'r1' } });
});

test('an answer that is not of Dispatch still gives a sentence', async () => {
  expect(await answer(502, '<html>')).toMatchObject({ problem: { kind: 'away', code: 'http_502', message: 'The server failed (502).' } });
  expect(await answer(429, {}, { 'retry-after': '7' })).toMatchObject({ problem: { kind: 'away', retryAfterMs: 7000 } });
});

test('401 leads to sign-in', async () => {
  const handler = vi.fn();
  onSignedOut(handler);
  expect(await answer(401, { error: 'unauthorized', message: 'Sign in first.' })).toMatchObject({ problem: { kind: 'signed-out' } });
  expect(handler).toHaveBeenCalledOnce();
});

test('a broken network is a problem, not an exception', async () => {
  expect(await call(Promise.reject(new TypeError('fetch failed')))).toMatchObject({ problem: { kind: 'unreachable' } });
  const late = new DOMException('late', 'TimeoutError');
  expect(await call(Promise.reject(late))).toMatchObject({ problem: { code: 'timeout', message: 'The server did not answer in time.' } });
  expect(await call(Promise.reject(new SyntaxError('Unexpected token')))).toMatchObject({ problem: { code: 'unreadable' } });
});
