import type { Card } from '../api/types';
import type { Picture } from './board';

/** What the board is narrowed to; empty texts do not narrow. `-` means "nobody" or "none". */
export interface Filter {
  q: string;
  repo: string;
  agent: string;
  owner: string;
  priority: string;
}

export const NOBODY = '-';
const KEYS = ['q', 'repo', 'agent', 'owner', 'priority'] as const;

export function readFilter(query: { get(key: string): string | null }): Filter {
  const [q, repo, agent, owner, priority] = KEYS.map((key) => query.get(key) ?? '') as [string, string, string, string, string];
  return { q, repo, agent, owner, priority };
}

/** The same filter as a query with `?`, or an empty text when nothing is narrowed. */
export function filterQuery(filter: Filter): string {
  const query = new Map(KEYS.filter((key) => filter[key].trim() !== '').map((key) => [key, filter[key]]));
  const text = [...query].map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
  return text && `?${text}`;
}

export function isNarrow(filter: Filter): boolean {
  return KEYS.some((key) => filter[key].trim() !== '');
}

const texts = new WeakMap<Card, string>();

/** Everything on a card that can be searched; made once per card. */
function textOf(card: Card): string {
  let text = texts.get(card);
  if (text === undefined) {
    text = [
      `#${card.issueNumber}`,
      card.repoFullName,
      card.title,
      card.agent,
      card.claim?.agentName,
      card.owner,
      card.priority,
      card.type,
      card.lane,
      ...card.labels,
    ]
      .filter(Boolean)
      .join('\n')
      .toLowerCase();
    texts.set(card, text);
  }
  return text;
}

function fits(wanted: string, ...values: (string | null | undefined)[]): boolean {
  if (wanted === '') return true;
  if (wanted === NOBODY) return values.every((value) => !value);
  return values.some((value) => value?.toLowerCase() === wanted.toLowerCase());
}

/** A test for cards: every word of the text somewhere on the card, and each chosen value as it is. */
export function matcher(filter: Filter): (card: Card) => boolean {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  return (card) =>
    fits(filter.repo, card.repoFullName) &&
    fits(filter.agent, card.claim?.agentName, card.agent) &&
    fits(filter.owner, card.owner) &&
    fits(filter.priority, card.priority) &&
    words.every((word) => textOf(card).includes(word));
}

/** The picture narrowed to a filter. Counts stay those of the whole columns. */
export function narrow(picture: Picture, filter: Filter): Picture {
  if (!isNarrow(filter)) return picture;
  const wanted = matcher(filter);
  const columns = picture.columns.map((column) => ({ ...column, views: column.views.filter((view) => wanted(view.card)) }));
  return { ...picture, columns };
}

/** The values that the cards at hand offer for each choice, sorted. */
export function choices(picture: Picture): Record<'repo' | 'agent' | 'owner' | 'priority', string[]> {
  const sets = { repo: new Set<string>(), agent: new Set<string>(), owner: new Set<string>(), priority: new Set<string>() };
  for (const { views } of picture.columns) {
    for (const { card } of views) {
      sets.repo.add(card.repoFullName);
      for (const agent of [card.agent, card.claim?.agentName]) if (agent) sets.agent.add(agent);
      if (card.owner) sets.owner.add(card.owner);
      if (card.priority) sets.priority.add(card.priority);
    }
  }
  const sorted = (set: Set<string>) => [...set].sort((a, b) => a.localeCompare(b));
  return { repo: sorted(sets.repo), agent: sorted(sets.agent), owner: sorted(sets.owner), priority: sorted(sets.priority) };
}
