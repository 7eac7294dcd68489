import type { Card } from '../api/types';
import type { Picture } from './board';
import { namesIn } from './labels';
import { needsMe } from './needs';

/** What the board can be narrowed to, besides words. */
export const CHOICES = ['repo', 'agent', 'owner', 'priority', 'type', 'lane', 'project'] as const;
export type Choice = (typeof CHOICES)[number];

/** What the board is narrowed to; empty texts do not narrow. `-` means "nobody" or "none". */
export interface Filter extends Readonly<Record<Choice, string>> {
  readonly q: string;
  /** `me`: only what waits for this person. */
  readonly needs: '' | 'me';
}

/** What there is to choose from. */
export type Choices = Record<Choice, string[]>;

export const NOBODY = '-';
export const EVERYTHING: Filter = { q: '', repo: '', agent: '', owner: '', priority: '', type: '', lane: '', project: '', needs: '' };
const KEYS = ['q', ...CHOICES, 'needs'] as const;

export function readFilter(query: { get(key: string): string | null }): Filter {
  const read = Object.fromEntries(['q', ...CHOICES].map((key) => [key, query.get(key) ?? '']));
  return { ...EVERYTHING, ...read, needs: query.get('needs') === 'me' ? 'me' : '' };
}

/** The same filter as a query with `?`, or an empty text when nothing is narrowed. */
export function filterQuery(filter: Partial<Filter>): string {
  const given = KEYS.map((key) => [key, filter[key] ?? ''] as const).filter(([, value]) => value.trim() !== '');
  const text = given.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
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
    const { issueNumber, repoFullName, title, agent, claim, owner, priority, type, lane, labels, pullRequests } = card;
    const parts = [`#${issueNumber}`, repoFullName, title, agent, claim?.agentName, owner, priority, type, lane, ...labels, ...pullRequests.map(({ number }) => `#${number}`)];
    text = parts.filter(Boolean).join('\n').toLowerCase();
    texts.set(card, text);
  }
  return text;
}

/** What a card has to offer for a choice. */
function valuesOf(card: Card, choice: Choice): (string | null | undefined)[] {
  if (choice === 'repo') return [card.repoFullName];
  if (choice === 'agent') return [card.claim?.agentName, card.agent];
  if (choice === 'project') return namesIn(card.labels, 'project');
  return [card[choice]];
}

function fits(wanted: string, values: (string | null | undefined)[]): boolean {
  if (wanted === NOBODY) return values.every((value) => !value);
  return values.some((value) => value?.toLowerCase() === wanted.toLowerCase());
}

/** A test for cards: every word of the text somewhere on the card, and each chosen value as it is. */
export function matcher(filter: Filter, me: string): (card: Card) => boolean {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = CHOICES.filter((choice) => filter[choice].trim() !== '');
  return (card) =>
    chosen.every((choice) => fits(filter[choice], valuesOf(card, choice))) &&
    words.every((word) => textOf(card).includes(word)) &&
    (filter.needs === '' || needsMe(card, me));
}

/** The picture narrowed to a filter. Counts stay those of the whole columns. */
export function narrow(picture: Picture, filter: Filter, me: string): Picture {
  if (!isNarrow(filter)) return picture;
  const wanted = matcher(filter, me);
  const columns = picture.columns.map((column) => ({ ...column, views: column.views.filter((view) => wanted(view.card)) }));
  return { ...picture, columns };
}

/** The values that the cards at hand offer for each choice, sorted. */
export function choices(picture: Picture): Choices {
  const sets = Object.fromEntries(CHOICES.map((choice) => [choice, new Set<string>()])) as Record<Choice, Set<string>>;
  for (const { views } of picture.columns) {
    for (const { card } of views) {
      sets.repo.add(card.repoFullName);
      for (const agent of [card.agent, card.claim?.agentName]) if (agent) sets.agent.add(agent);
      for (const key of ['owner', 'priority', 'type', 'lane'] as const) {
        const value = card[key];
        if (value) sets[key].add(value);
      }
      for (const project of namesIn(card.labels, 'project')) sets.project.add(project);
    }
  }
  const sorted = (set: Set<string>) => [...set].sort((a, b) => a.localeCompare(b));
  return Object.fromEntries(CHOICES.map((choice) => [choice, sorted(sets[choice])])) as Choices;
}

/** Makes what searching needs of every card, so that the first letter need not wait for it. */
export function prepare(picture: Picture): void {
  for (const { views } of picture.columns) for (const { card } of views) textOf(card);
}
