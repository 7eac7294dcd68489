import type { Claim } from '../api/types';
import { inWords } from './notes';

/** How an attempt stands or ended, in words. `now` in ms. */
export function endOf(claim: Claim, now: number): { text: string; tone: 'ok' | 'warn' | 'bad' | 'info' } {
  if (claim.state === 'active') {
    const over = Date.parse(claim.expiresAt) <= now;
    return over ? { text: 'Lease over', tone: 'warn' } : { text: `At work: ${claim.phase}`, tone: 'ok' };
  }
  const reason = claim.endReason ?? 'ended';
  if (reason === 'completed') {
    const outcome = claim.outcome ?? '';
    const tone = outcome === 'failed' ? 'bad' : outcome === 'needs_decision' ? 'warn' : 'ok';
    return { text: inWords(outcome || 'completed').replace(/^Pr /, 'Pull request '), tone };
  }
  return { text: inWords(reason), tone: ['expired', 'stopped', 'issue_gone'].includes(reason) ? 'warn' : 'info' };
}

/** What an attempt cost: `1.2 M tokens · $0.42`; empty when nobody said. */
export function costOf({ tokensIn, tokensOut, costUsd }: Pick<Claim, 'tokensIn' | 'tokensOut' | 'costUsd'>): string {
  const tokens = (tokensIn ?? 0) + (tokensOut ?? 0);
  return [tokens > 0 ? `${short(tokens)} tokens` : '', costUsd ? `$${costUsd.toFixed(2)}` : ''].filter(Boolean).join(' · ');
}

/** All attempts together. */
export function totalOf(claims: readonly Claim[]): string {
  const sum = (pick: (claim: Claim) => number | null | undefined) => claims.reduce((total, claim) => total + (pick(claim) ?? 0), 0);
  return costOf({ tokensIn: sum((claim) => claim.tokensIn), tokensOut: sum((claim) => claim.tokensOut), costUsd: sum((claim) => claim.costUsd) });
}

function short(number: number): string {
  if (number < 1_000) return String(number);
  return number < 1_000_000 ? `${(number / 1_000).toFixed(1)} k` : `${(number / 1_000_000).toFixed(1)} M`;
}
