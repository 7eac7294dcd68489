import { expect, test } from 'vitest';
import { HEIGHT, WIDTH, bars, ceiling, latest, line, total } from './plot';

test('the scale ends at a round number above the greatest value', () => {
  expect([[0], [], [null], [1], [3], [7], [12], [50], [51], [0.3]].map(ceiling)).toEqual([1, 1, 1, 1, 5, 10, 20, 50, 100, 0.5]);
});

test('bars stand on the ground, and nothing is drawn where nothing is', () => {
  const [first, none, missing, full] = bars([1, 0, null, 2], 2);
  expect([none, missing]).toEqual([null, null]);
  expect(first).toEqual({ x: 1, y: HEIGHT / 2, width: WIDTH / 4 - 2, height: HEIGHT / 2 });
  expect(full).toMatchObject({ y: 0, height: HEIGHT });
  expect(bars([], 1)).toEqual([]);
  expect(bars([0.0001], 1)[0]).toMatchObject({ height: 1 });
});

test('a line breaks where a value is missing', () => {
  expect(line([0, 1, null, 1], 1)).toBe('M30 64l0 0L90 0M210 0l0 0');
  expect(line([], 1)).toBe('');
});

test('what is said of a plot', () => {
  expect([latest([1, 2, null]), latest([null]), latest([])]).toEqual([2, null, null]);
  expect(total([1, null, 2])).toBe(3);
});
