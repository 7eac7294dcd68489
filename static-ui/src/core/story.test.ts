import { expect, test } from 'vitest';
import type { TimelineEntry } from '../api/types';
import { changeOf, storiesOf, whatOf, whoOf } from './story';

let minute = 60;
const entry = (id: string, what: string, correlationIds: string[], more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  id,
  at: new Date(Date.UTC(2026, 10, 25, 10, (minute -= 1))).toISOString(),
  what,
  actorKind: 'github',
  actor: null,
  correlationIds,
  success: true,
  message: null,
  before: null,
  after: null,
  ...more,
});

test('what shares a correlation is one story, the cause first, also by way of a write that two wanted', () => {
  const timeline = [
    entry('w1-applied', 'write.applied', ['c1', 'c2']),
    entry('w1', 'write.wanted', ['c1', 'c2']),
    entry('a2', 'issue.moved', ['c2']),
    entry('alone', 'claim.checkpoint', []),
    entry('a1', 'issue.changed', ['c1']),
    entry('d1', 'delivery.applied', ['c1']),
    entry('d0', 'delivery.ignored', ['c0']),
  ];
  const stories = storiesOf(timeline);
  expect(stories.map((story) => story.entries.map(({ id }) => id))).toEqual([['d1', 'a1', 'a2', 'w1', 'w1-applied'], ['alone'], ['d0']]);
  expect(stories.map(({ id, correlation }) => [id, correlation])).toEqual([['d1', 'c1'], ['alone', ''], ['d0', '']]);
});

test('each entry says what, who and which change', () => {
  const delivery = entry('d', 'delivery.failed', [], { after: { event: 'issues', action: 'labeled' } });
  expect([whatOf(delivery), whoOf(delivery), changeOf(delivery)]).toEqual(['webhook issues.labeled failed', 'GitHub', '']);
  const told = entry('k', 'claim.checkpoint', [], { actor: 'alpha', after: { claim: '7', phase: 'testing', branch: 'fix-1', headSha: '0123456789abcdef' } });
  expect([whatOf(told), whoOf(told), changeOf(told)]).toEqual(['checkpoint', 'alpha', 'testing · fix-1 · 0123456789']);
  expect(whatOf(entry('q', 'comment.applied', []))).toBe('comment written on GitHub');
  const planned = entry('p', 'write.planned', [], { actor: 'writer', after: { mutation: 1, add: ['status/ready'], remove: ['status/backlog'] } });
  expect([whatOf(planned), whoOf(planned), changeOf(planned)]).toEqual(['label change planned', 'writer', '+ status/ready, − status/backlog']);
  expect(changeOf(entry('w', 'write.applied', [], { after: { desired: { status: 'ready', agent: null } } }))).toBe('status/ready, no agent/*');
  expect(changeOf(entry('m', 'issue.moved', [], { before: { status: 'ready', labels: ['a'] }, after: { status: 'blocked', labels: ['a', 'b'] } }))).toBe('+ b');
  expect(changeOf(entry('m', 'issue.moved', [], { before: { status: 'ready' }, after: { status: 'blocked' } }))).toBe('status: ready → blocked');
  expect(whatOf(entry('x', 'something.quite_new', []))).toBe('something quite new');
});
