/** The six statuses, in the order of the board's columns. */
export const STATUSES = ['backlog', 'ready', 'in-progress', 'in-review', 'blocked', 'done'] as const;
export type Status = (typeof STATUSES)[number];

const TITLES: Record<Status, string> = {
  backlog: 'Backlog',
  ready: 'Ready',
  'in-progress': 'In Progress',
  'in-review': 'In Review',
  blocked: 'Blocked',
  done: 'Done',
};

export function isStatus(word: string): word is Status {
  return (STATUSES as readonly string[]).includes(word);
}

/** A card's status; a word this build does not know counts as backlog, where it can at least be seen. */
export function statusOf(card: { status: string }): Status {
  return isStatus(card.status) ? card.status : 'backlog';
}

export function titleOf(status: Status): string {
  return TITLES[status];
}
