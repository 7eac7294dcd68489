// What a pull request has to say: review, checks with the names of those that fail, conflicts.
import type { Card } from '../api/types';

type Pull = Card['pullRequests'][number];

export interface Fact {
  text: string;
  tone: 'ok' | 'warn' | 'bad' | 'muted';
  /** What says it in a word, where there is no room. */
  short: string;
  /** One sign for the face of a card; what is as usual has none. */
  sign?: 'check' | 'cross' | 'clock' | 'changes' | 'approved' | 'conflict';
}

/** `draft`, `open`, `closed`, `merged`. */
export function pullState({ state, draft }: Pull): string {
  return draft && state === 'open' ? 'draft' : state;
}

/** The facts of an open pull request, what hinders it first. A closed one has none that matter. */
export function pullWords(pull: Pull): Fact[] {
  if (pull.state !== 'open') return [];
  const facts: (Fact | null)[] = [
    pull.mergeable === false ? { text: 'Conflicts with its base branch', short: 'conflicts', tone: 'bad', sign: 'conflict' } : null,
    checksFact(pull),
    reviewFact(pull),
    pull.mergeable === true ? { text: 'Merges without conflict', short: 'merges', tone: 'muted' } : null,
    pull.mergeable == null ? { text: 'GitHub has not said yet whether it merges', short: 'merge unknown', tone: 'muted' } : null,
  ];
  return facts.filter((fact) => fact !== null);
}

function reviewFact({ reviewDecision, draft }: Pull): Fact | null {
  if (reviewDecision === 'changes_requested') return { text: 'Changes requested', short: 'changes requested', tone: 'warn', sign: 'changes' };
  if (reviewDecision === 'approved') return { text: 'Approved', short: 'approved', tone: 'ok', sign: 'approved' };
  return draft ? null : { text: 'Waits for a review', short: 'no review', tone: 'muted' };
}

function checksFact({ checks, failingChecks }: Pull): Fact | null {
  if (checks === 'failed') {
    const names = failingChecks.length > 0 ? `: ${failingChecks.join(', ')}` : '';
    const many = failingChecks.length > 1 ? `${failingChecks.length} checks fail` : 'A check fails';
    return { text: `${many}${names}`, short: 'checks fail', tone: 'bad', sign: 'cross' };
  }
  if (checks === 'pending') return { text: 'Checks are running', short: 'checks run', tone: 'muted', sign: 'clock' };
  if (checks === 'passed') return { text: 'Checks pass', short: 'checks pass', tone: 'ok', sign: 'check' };
  return { text: 'Nothing checks it', short: 'no checks', tone: 'muted' };
}
