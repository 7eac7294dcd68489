// What people do to cards: shown at once, sent once, taken back with the server's reason if it says no.
import { api, idempotencyKey, patience } from '../api/client';
import { type Problem, call } from '../api/problem';
import type { Card } from '../api/types';
import { groupBy } from '../core/grouping';
import { count, reasonsOf } from '../core/notes';
import { type Status, titleOf } from '../core/status';
import { say } from './announce.svelte';
import { clock } from './clock.svelte';
import { live } from './live.svelte';

/** Requests of one deed that are under way together. */
const AT_ONCE = 4;
const PATIENCE_MS = 20_000;
const DEFAULT_LANE = 'default';

export const PRIORITIES = ['p0', 'p1', 'p2', 'p3'] as const;
/** What an operator can set besides the status. */
export type Settable = 'priority' | 'lane' | 'owner';

/** One move of one or several cards, to be undone. */
interface Done {
  to: Status;
  cards: { issueId: string; from: Status; blocked: string | undefined }[];
}

class Deeds {
  #last: Done | null = null;

  /** Moves cards. One announcement says it of all; each is asked for by itself. */
  async move(issueIds: readonly string[], to: Status, reason?: string): Promise<void> {
    const { store } = live;
    const at = clock.exact();
    const started = issueIds.flatMap((issueId) => {
      const blocked = store.card(issueId)?.blocked?.reason;
      const move = store.begin(issueId, to, at);
      const card = store.card(issueId);
      return move && card ? [{ card, from: move.from, blocked }] : [];
    });
    const first = started[0];
    if (!first) return;
    live.publish();
    const from = started.every((one) => one.from === first.from) ? ` from ${titleOf(first.from)}` : '';
    say(`${nameOf(started.map(({ card }) => card))} moved${from} to ${titleOf(to)}. Pending on GitHub.`);

    const moved: Done['cards'] = [];
    const refused: { card: Card; from: Status; why: string }[] = [];
    await inTurn(started, async ({ card, from, blocked }) => {
      const { issueId } = card;
      const body = reason ? { issueId, status: to, reason } : { issueId, status: to };
      const answer = await call(api.POST('/api/issues/move', { body, headers: keyed(), signal: patience(PATIENCE_MS) }));
      if (answer.ok) {
        store.accept(answer.data.issue, performance.now());
        moved.push({ issueId, from, blocked });
      } else {
        const why = whyNot(answer.problem);
        store.refuse(issueId, why, clock.now);
        refused.push({ card, from, why });
      }
      live.publish();
    });
    this.#last = moved.length > 0 ? { to, cards: moved } : null;
    if (refused.length > 0) say(refusal(refused, to, started.length), { show: true });
    live.tryNow();
  }

  /** Sets priority, lane or owner of cards; null takes it away, and a card without a lane stands in the default one. */
  async set(issueIds: readonly string[], what: Settable, value: string | null): Promise<void> {
    const { store } = live;
    const cards = issueIds.flatMap((issueId) => store.card(issueId) ?? []).filter((card) => (card[what] ?? null) !== (value ?? (what === 'lane' ? DEFAULT_LANE : null)));
    if (cards.length === 0) return say('Nothing to change.');
    for (const { issueId } of cards) store.edit(issueId, { [what]: value ?? (what === 'lane' ? DEFAULT_LANE : null) });
    live.publish();
    say(`${nameOf(cards)}: ${what} ${value ?? (what === 'lane' ? DEFAULT_LANE : 'taken away')}. Pending on GitHub.`);
    const refused: { card: Card; why: string }[] = [];
    await inTurn(cards, async (card) => {
      const params = { path: { id: card.issueId } };
      const sent = { params, headers: keyed(), signal: patience(PATIENCE_MS) };
      const answer = await call(
        what === 'priority'
          ? api.POST('/api/issues/{id}/priority', { ...sent, body: { priority: PRIORITIES.find((known) => known === value) ?? null } })
          : what === 'lane'
            ? api.POST('/api/issues/{id}/lane', { ...sent, body: { lane: value ?? DEFAULT_LANE } })
            : api.POST('/api/issues/{id}/owner', { ...sent, body: { owner: value } }),
      );
      if (answer.ok) store.accept(answer.data.issue, performance.now());
      else {
        store.edit(card.issueId, null);
        refused.push({ card, why: whyNot(answer.problem) });
      }
      live.publish();
    });
    if (refused.length > 0) say(`The ${what} of ${refused.length} of ${count(cards.length, 'card')} was not changed: ${reasonsOf(refused)}`, { show: true });
    live.tryNow();
  }

  /** Moves back what was moved last, as far as nobody moved it on. */
  async undo(): Promise<void> {
    const last = this.#last;
    this.#last = null;
    const cards = last?.cards.filter(({ issueId }) => live.store.card(issueId)?.status === last.to) ?? [];
    if (!last || cards.length === 0) return say('There is no move to undo.');
    const groups = groupBy(cards, ({ from, blocked }) => `${from}\n${blocked ?? ''}`);
    for (const group of groups.values()) {
      const { from, blocked } = group[0]!;
      await this.move(
        group.map(({ issueId }) => issueId),
        from,
        from === 'blocked' ? (blocked ?? 'It was blocked before.') : undefined,
      );
    }
    this.#last = null;
  }

  /** Has a write that was given up tried once more. */
  async retry(issueId: string): Promise<void> {
    const card = live.store.card(issueId);
    if (!card?.pending) return;
    const params = { path: { id: card.pending.mutationId } };
    const answer = await call(api.POST('/api/mutations/{id}/retry', { params, signal: patience(PATIENCE_MS) }));
    if (answer.ok) say(`#${card.issueNumber}: the write to GitHub is tried again.`);
    else say(`#${card.issueNumber}: not tried again. ${answer.problem.message}`, { show: true });
    live.tryNow();
  }

  /** Takes the note about a refused move off a card. */
  dismiss(issueId: string): void {
    live.store.dismiss(issueId);
    live.publish();
  }
}

/** Does it for each, a few at a time, in order. */
export async function inTurn<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await each(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}

function keyed(): { 'idempotency-key': string } {
  return { 'idempotency-key': idempotencyKey() };
}

function nameOf(cards: readonly Card[]): string {
  return cards.length === 1 ? `#${cards[0]!.issueNumber}` : count(cards.length, 'card');
}

function whyNot({ kind, message }: Problem): string {
  const lost = kind === 'unreachable' || kind === 'away';
  return lost ? `${message} Whether it was done is not known; the board shows what it hears next.` : message;
}

function refusal(refused: { card: Card; from: Status; why: string }[], to: Status, asked: number): string {
  const { card, from, why } = refused[0]!;
  if (asked === 1) return `#${card.issueNumber} could not be moved to ${titleOf(to)}: ${why} It is back in ${titleOf(from)}.`;
  return `${refused.length} of ${asked} cards could not be moved to ${titleOf(to)}: ${reasonsOf(refused)} They are back where they were.`;
}


export const deeds = new Deeds();
