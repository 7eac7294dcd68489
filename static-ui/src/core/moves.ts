import type { CardView } from './board';
import { STATUSES, type Status } from './status';

/** Why a card cannot go to a column; null if the server may be asked. */
export function whyNotTo({ card, status, move }: CardView, to: Status): string | null {
  if (to === status) return 'is here';
  if (card.state === 'closed') return 'reopen the issue on GitHub first';
  if (move?.state === 'sending') return 'a move is on its way';
  return to === 'done' ? 'close the issue on GitHub' : null;
}

/** The cards that may go to a column, and why the first of the others may not. */
export function sortOut(views: readonly CardView[], to: Status): { able: CardView[]; why: string | null } {
  const reasons = views.map((view) => whyNotTo(view, to));
  return { able: views.filter((_, i) => reasons[i] === null), why: reasons.find((reason) => reason !== null) ?? null };
}

/** The column a step to the side leads to; at the edge one stays. */
export function columnBeside(status: Status, command: 'left' | 'right' | 'first-column' | 'last-column'): Status {
  const at = STATUSES.indexOf(status);
  const to = { left: at - 1, right: at + 1, 'first-column': 0, 'last-column': STATUSES.length - 1 }[command];
  return STATUSES[Math.max(0, Math.min(STATUSES.length - 1, to))]!;
}
