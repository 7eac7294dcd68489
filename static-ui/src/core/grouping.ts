import type { Picture, CardView } from './board';
import { needsPerson } from './needs';
import { STATUSES, type Status } from './status';

export interface Project {
  fullName: string;
  counts: Record<Status, number>;
  total: number;
  claims: number;
  /** Cards that wait for a person. */
  attention: number;
  enabled: boolean;
  archived: boolean;
  lastSyncedAt: string | null;
  lastError: string | null;
}

/** The board's cards by repository, in the order of the names; tracked repositories without cards included. */
export function projectsOf(picture: Picture): Project[] {
  const projects = new Map<string, Project>();
  const project = (fullName: string): Project => {
    const key = fullName.toLowerCase();
    let found = projects.get(key);
    if (!found) {
      const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
      const unknown = { enabled: true, archived: false, lastSyncedAt: null, lastError: null };
      found = { fullName, counts, total: 0, claims: 0, attention: 0, ...unknown };
      projects.set(key, found);
    }
    return found;
  };
  for (const { fullName, enabled, archived, lastSyncedAt, lastError } of picture.repositories) {
    Object.assign(project(fullName), { enabled, archived, lastSyncedAt: lastSyncedAt ?? null, lastError: lastError ?? null });
  }
  for (const { views } of picture.columns) {
    for (const { card, status } of views) {
      const entry = project(card.repoFullName);
      entry.counts[status] += 1;
      entry.total += 1;
      if (card.claim) entry.claims += 1;
      if (needsPerson(card)) entry.attention += 1;
    }
  }
  return [...projects.values()].sort((a, b) => a.fullName.localeCompare(b.fullName));
}

/** Cards under a claim, the one whose lease ends first at the top. */
export function claimedCards(picture: Picture): CardView[] {
  const ends = (view: CardView) => Date.parse(view.card.claim!.expiresAt);
  const claimed = picture.columns.flatMap((column) => column.views.filter((view) => view.card.claim));
  return claimed.sort((a, b) => ends(a) - ends(b));
}

/** The items by what `key` says of them, in the order of their first ones. */
export function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
