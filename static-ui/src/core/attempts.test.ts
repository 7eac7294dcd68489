import { expect, test } from 'vitest';
import type { Claim } from '../api/types';
import { costOf, endOf, totalOf } from './attempts';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const claim = (patch: Partial<Claim>) => ({ state: 'ended', phase: 'coding', expiresAt: '2026-11-25T10:10:00Z', ...patch }) as Claim;

test('how an attempt stands or ended', () => {
  expect(endOf(claim({ state: 'active' }), NOW)).toEqual({ text: 'At work: coding', tone: 'ok' });
  expect(endOf(claim({ state: 'active', expiresAt: '2026-11-25T09:59:00Z' }), NOW).tone).toBe('warn');
  expect(endOf(claim({ endReason: 'completed', outcome: 'pr_opened' }), NOW)).toEqual({ text: 'Pull request opened', tone: 'ok' });
  expect(endOf(claim({ endReason: 'completed', outcome: 'failed' }), NOW).tone).toBe('bad');
  expect(endOf(claim({ endReason: 'taken_back' }), NOW)).toEqual({ text: 'Taken back', tone: 'info' });
});

test('what it cost, as far as somebody said', () => {
  expect(costOf({ tokensIn: 1_200_000, tokensOut: 34_000, costUsd: 0.416 })).toBe('1.2 M tokens · $0.42');
  expect(costOf({ tokensIn: null, tokensOut: 950, costUsd: null })).toBe('950 tokens');
  expect(costOf({})).toBe('');
  expect(totalOf([claim({ costUsd: 1 }), claim({}), claim({ costUsd: 0.5, tokensIn: 2_000 })])).toBe('2.0 k tokens · $1.50');
});
