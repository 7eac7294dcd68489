import { expect, test } from 'vitest';
import { apiQuery, filterQueryOf, moment, olderThan, readFilter } from './auditfilter';

test('a filter survives the address, and nothing else gets in', () => {
  const query = new URLSearchParams('repo=a%2Fb&actor= ana &evil=1&success=false&number=');
  const filter = readFilter(query);
  expect(filter).toEqual({ repo: 'a/b', actor: 'ana', success: 'false' });
  expect(readFilter(new URLSearchParams(filterQueryOf(filter)))).toEqual(filter);
  expect(filterQueryOf({})).toBe('');
});

test('days become moments, the last one included', () => {
  expect(moment('2026-11-25')).toBe('2026-11-25T00:00:00.000Z');
  expect(moment('2026-11-30', true)).toBe('2026-12-01T00:00:00.000Z');
  expect([moment('soon'), moment(undefined), moment('2026-13-45')]).toEqual([undefined, undefined, undefined]);
  expect(apiQuery({ since: '2026-11-25', until: 'x', actor: 'ana' })).toEqual({ since: '2026-11-25T00:00:00.000Z', actor: 'ana' });
});

test('older events are where the header says', () => {
  expect(olderThan('</api/audit?limit=100&before=41>; rel="next"')).toBe('41');
  expect([olderThan(null), olderThan('')]).toEqual([null, null]);
});
