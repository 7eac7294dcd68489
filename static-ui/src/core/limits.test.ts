import { expect, test } from 'vitest';
import { readLabels, readLimit, typedLimit } from './limits';

test('a limit is read as it was written, and nothing else is one', () => {
  for (const limit of [0, 7, 10_000, null]) expect(readLimit(typedLimit(limit))).toBe(limit);
  expect(readLimit(' 12 ')).toBe(12);
  for (const wrong of ['-1', '1.5', '1e3', 'many', '٣']) expect(readLimit(wrong), wrong).toBeUndefined();
});

test('labels stand one a line, each once, spaces and commas are theirs', () => {
  expect(readLabels(' no agents \n\nlegal, hold\r\nno agents\n')).toEqual(['no agents', 'legal, hold']);
});
