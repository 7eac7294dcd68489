// Whether a card waits for a person, and for which.
import type { Card } from '../api/types';
import { pullWords } from './pulls';
import { statusOf } from './status';

/** True when nothing goes on with a card until a person does something. */
export function needsPerson(card: Card): boolean {
  if (card.attention.length > 0 || card.pending?.state === 'parked') return true;
  const status = statusOf(card);
  if (status === 'done') return false;
  if (card.problems.length > 0 || card.hold?.code === 'unclaimed') return true;
  if (status === 'blocked') return card.blocked?.kind !== 'waiting';
  return status === 'in-review' && waitsForReview(card);
}

/** True when a card needs this person: nobody else owns it. An empty name is everybody's. */
export function needsMe(card: Card, me: string): boolean {
  return needsPerson(card) && (me === '' || !card.owner || card.owner.toLowerCase() === me.toLowerCase());
}

/** What is in review waits for a person, unless all its pull requests are drafts or go back to an agent. */
function waitsForReview(card: Card): boolean {
  const open = card.pullRequests.filter((pull) => pull.state === 'open');
  return open.length === 0 || open.some((pull) => !pull.draft && pullWords(pull).every(({ tone }) => tone === 'ok' || tone === 'muted'));
}
