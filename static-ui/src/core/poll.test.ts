import { expect, test } from 'vitest';
import { type LiveMark, Poller, type Pulled, worstOf } from './poll';

/** A poller whose timers are fired by hand and whose answers are given in advance. */
function bench(answers: Pulled[], busy = false) {
  const marks: LiveMark[] = [];
  const delays: number[] = [];
  const timers = new Map<number, () => void>();
  let asked = 0;
  const poller = new Poller({
    pull: async () => answers[Math.min(asked++, answers.length - 1)]!,
    busy: () => busy,
    timer: (callback, ms) => {
      const id = delays.push(ms);
      timers.set(id, callback);
      return () => timers.delete(id);
    },
    now: () => 1000,
    random: () => 0.5,
    onMark: (mark) => marks.push(mark),
  });
  const settle = async () => {
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
  };
  const fire = async () => {
    for (const [id, callback] of [...timers]) {
      timers.delete(id);
      callback();
    }
    await settle();
  };
  return { poller, marks, delays, timers, fire, settle, asked: () => asked };
}

const BAD: Pulled = { ok: false, reason: 'The server cannot be reached.' };

test('asks every 5 s when calm and every 2 s when something is expected', async () => {
  const calm = bench([{ ok: true }]);
  calm.poller.start();
  await calm.settle();
  expect(calm.delays).toEqual([5000]);
  const busy = bench([{ ok: true }], true);
  busy.poller.start();
  await busy.settle();
  await busy.fire();
  expect(busy.delays).toEqual([2000, 2000]);
});

test('backs off, is stale after three misses and live again after one answer', async () => {
  const it = bench([{ ok: true }, BAD, BAD, BAD, BAD, BAD, { ok: true }]);
  it.poller.start();
  await it.settle();
  for (let i = 0; i < 6; i += 1) await it.fire();
  expect(it.delays).toEqual([5000, 5000, 10_000, 30_000, 60_000, 60_000, 5000]);
  expect(it.marks.map((mark) => mark.state)).toEqual(['live', 'stale', 'stale', 'stale', 'live']);
  expect(it.marks[1]).toEqual({ state: 'stale', since: 1000, reason: 'The server cannot be reached.' });
});

test('does what Retry-After asks', async () => {
  const it = bench([{ ok: false, reason: 'Too many requests', retryAfterMs: 42_000 }]);
  it.poller.start();
  await it.settle();
  expect(it.delays).toEqual([42_000]);
});

test('is silent while hidden and asks at once on return', async () => {
  const it = bench([{ ok: true }]);
  it.poller.start();
  await it.settle();
  it.poller.setVisible(false);
  expect(it.timers.size).toBe(0);
  it.poller.ask();
  await it.settle();
  expect(it.asked()).toBe(1);
  it.poller.setVisible(true);
  await it.settle();
  expect(it.asked()).toBe(2);
});

test('asks once more when asked during a question, and never twice at a time', async () => {
  const it = bench([{ ok: true }]);
  it.poller.start();
  it.poller.ask();
  it.poller.ask();
  await it.settle();
  expect(it.asked()).toBe(2);
  expect(it.timers.size).toBe(1);
});

test('stops when the server wants a sign-in', async () => {
  const it = bench([{ ok: false, reason: 'Sign in first.', stop: true }]);
  it.poller.start();
  await it.settle();
  expect(it.timers.size).toBe(0);
  expect(it.marks).toEqual([]);
});

test('a page is as fresh as the least fresh thing on it', () => {
  const live: LiveMark = { state: 'live', since: 9 };
  const stale = (since: number | null): LiveMark => ({ state: 'stale', since, reason: 'No connection' });
  expect(worstOf([])).toBeNull();
  expect(worstOf([live, live])).toEqual(live);
  expect(worstOf([live, { state: 'connecting' }])).toEqual({ state: 'connecting' });
  expect(worstOf([live, stale(7), { state: 'connecting' }, stale(5)])).toEqual(stale(5));
  expect(worstOf([stale(7), stale(null)])).toEqual(stale(null));
});
