import { expect, test } from 'vitest';
import type { Lane } from '../api/types';
import { wipOf } from './wip';

const lane = (name: string, claimed: number, wipLimit: number | null, more: Partial<Lane> = {}): Lane => ({ name, description: '', claimable: true, paused: false, offered: 0, claimed, wipLimit, ...more });

test('all lanes have a limit only if each has one', () => {
  const lanes = [lane('default', 3, 8), lane('cheap', 1, 2, { paused: true }), lane('humans', 5, null, { claimable: false })];
  expect(wipOf(lanes, '')).toEqual({ held: 4, limit: 10, lanes: 'default: 3 of 8 held\ncheap: 1 of 2 held, paused' });
  expect(wipOf([...lanes, lane('deep', 1, null)], '')).toMatchObject({ held: 5, limit: null });
  expect(wipOf(lanes, 'Cheap')).toMatchObject({ held: 1, limit: 2 });
  expect(wipOf(lanes, 'unknown')).toBeNull();
});
