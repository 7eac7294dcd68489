// What a pull request has to say: review, checks with the names of those that fail, conflicts.
import type { Card } from '../api/types';

type Pull = Card['pullRequests'][number];

export interface Fact {
  text: string;
  tone: 'ok' | 'warn' | 'bad' | 'muted';
  /** One sign for the face of a card. */
  sign: 'check' | 'cross' | 'clock' | 'changes' | 'approved' | 'conflict';
}

/** `draft`, `open`, `closed`, `merged`. */
export function pullState({ state, draft }: Pull): string {
  return draft && state === 'open' ? 'draft' : state;
}

/** The facts of an open pull request, what hinders it first. A closed one has none that matter. */
export function pullWords(pull: Pull): Fact[] {
  if (pull.state !== 'open') return [];
  const facts: (Fact | null)[] = [
    pull.mergeable === false ? { text: 'Conflicts with its base branch', tone: 'bad', sign: 'conflict' } : null,
    checksFact(pull),
    pull.reviewDecision === 'changes_requested' ? { text: 'Changes requested', tone: 'warn', sign: 'changes' } : null,
    pull.reviewDecision === 'approved' ? { text: 'Approved', tone: 'ok', sign: 'approved' } : null,
  ];
  return facts.filter((fact) => fact !== null);
}

function checksFact({ checks, failingChecks }: Pull): Fact | null {
  if (checks === 'failed') {
    const names = failingChecks.length > 0 ? `: ${failingChecks.join(', ')}` : '';
    return { text: `${failingChecks.length > 1 ? `${failingChecks.length} checks fail` : 'A check fails'}${names}`, tone: 'bad', sign: 'cross' };
  }
  if (checks === 'pending') return { text: 'Checks are running', tone: 'muted', sign: 'clock' };
  return checks === 'passed' ? { text: 'Checks pass', tone: 'ok', sign: 'check' } : null;
}
