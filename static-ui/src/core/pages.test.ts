import { expect, test } from 'vitest';
import { type Page, joined } from './pages';

const page = (ids: string, next: string | null): Page<{ id: string }> => ({ items: [...ids].map((id) => ({ id })), next });

test('what is new comes before what was read earlier, and the end stays where it was', () => {
  expect(joined(page('edc', 'c'), page('dcba', null))).toEqual(page('edcba', null));
  expect(joined(page('dc', 'c'), page('dcba', 'a'))).toEqual(page('dcba', 'a'));
});

test('pages that do not meet are not put together', () => {
  expect(joined(page('fe', 'e'), page('cb', 'b'))).toEqual(page('fe', 'e'));
  expect(joined(page('ba', null), page('', null))).toEqual(page('ba', null));
  expect(joined(page('cb', 'b'), page('cb', 'x'))).toEqual(page('cb', 'b'));
});
