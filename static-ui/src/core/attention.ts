// Words for what waits for a person.
import type { Attention } from '../api/types';
import { groupBy } from './grouping';
import { inWords } from './notes';

type Item = Attention['items'][number];

const KINDS: Record<string, string> = {
  needs_input: 'An agent asks',
  result: 'A result to look at',
  quarantined: 'Quarantined',
  contested: 'Labels are contested',
  write_failed: 'A write to GitHub failed',
  unheld: 'In progress, held by nobody',
  review_overdue: 'In review for long',
  untrusted: 'Waits for trust',
  sync_failed: 'Not in sync',
  delivery_failed: 'A webhook could not be applied',
  delivery_missing: 'A webhook never came',
};

export function kindTitle(kind: string): string {
  return KINDS[kind] ?? inWords(kind);
}

/** Items by kind, in the order in which the kinds come. */
export function byKind(items: readonly Item[]): { kind: string; items: Item[] }[] {
  return [...groupBy(items, ({ kind }) => kind)].map(([kind, found]) => ({ kind, items: found }));
}

/** What the item says, in words: results are told by a code. */
export function saying({ kind, message }: Item): string {
  return kind === 'result' && message ? inWords(message) : (message ?? '');
}

/** Whether the offered call is one of this site's API: nothing else is ever called. */
export function isOurs(path: string): boolean {
  return /^\/api\/[\w./%-]+$/.test(path) && !path.includes('..');
}
