// The board's cards, and what this browser has asked for but not yet been told. No DOM, no clock of its own.
import type { Board, BoardRepository, Card, Changes } from '../api/types';
import { STATUSES, type Status, isStatus, statusOf, titleOf } from './status';

/** A move of this browser: on its way to the server, or refused. */
export interface Move {
  state: 'sending' | 'refused';
  from: Status;
  to: Status;
  /** Wall time, ms. */
  at: number;
  /** Why it was refused; empty while it is on its way. */
  reason: string;
}

/** What an operator can set on a card besides its status. */
export type Edit = Partial<Pick<Card, 'priority' | 'lane' | 'owner'>>;

/** A card as it is shown. The object stays the same as long as nothing on it changes. */
export interface CardView {
  readonly card: Card;
  readonly status: Status;
  readonly move: Move | null;
}

export interface Column {
  readonly status: Status;
  readonly title: string;
  readonly views: readonly CardView[];
  /** Cards in the column, also those that the server did not send. */
  readonly count: number;
}

export interface Picture {
  readonly columns: readonly Column[];
  readonly repositories: readonly BoardRepository[];
  readonly truncated: boolean;
}

/** How a move that the server had accepted ended on GitHub. */
export interface Outcome {
  kind: 'confirmed' | 'overruled' | 'failed';
  card: Card;
  to: Status;
}

export class BoardStore {
  cursor = '';
  loaded = false;
  /** A card came to a column through the feed, which says nothing of order: the board is worth reading again. */
  orderUnsure = false;

  #cards = new Map<string, Card>();
  #order = new Map<Status, string[]>(STATUSES.map((status) => [status, []]));
  #unsent = new Map<Status, number>();
  #moves = new Map<string, Move>();
  #edits = new Map<string, Edit>();
  #awaited = new Map<string, Status>();
  #acknowledged = new Map<string, number>();
  #views = new Map<string, CardView & { of: Card; edit: Edit | undefined }>();
  /** Cards in somebody's hand, and what the feed said of them meanwhile; null for a card that left. */
  #held = new Map<string, Card | null | undefined>();
  #repositories: BoardRepository[] = [];
  #truncated = false;

  card(issueId: string): Card | undefined {
    return this.#cards.get(issueId);
  }

  /** Takes a whole board that was asked for at `askedAt` (any clock that only goes forward). */
  load(board: Board, askedAt: number): Outcome[] {
    const before = this.#cards;
    this.#cards = new Map();
    const order = new Map<Status, string[]>(STATUSES.map((status) => [status, []]));
    this.#unsent.clear();
    for (const column of board.columns) {
      for (const sent of column.cards) {
        const ours = before.get(sent.issueId);
        const card = ours && (this.#isOlder(sent.issueId, askedAt) || this.#held.has(sent.issueId)) ? ours : sent;
        if (card !== sent && this.#held.has(sent.issueId)) this.#held.set(sent.issueId, sent);
        this.#cards.set(card.issueId, card);
        order.get(statusOf(card))!.push(card.issueId);
      }
      if (isStatus(column.status)) this.#unsent.set(column.status, Math.max(0, column.count - column.cards.length));
    }
    this.#order = order;
    this.#repositories = board.repositories;
    this.#truncated = board.truncated;
    this.cursor = board.cursor;
    this.loaded = true;
    this.orderUnsure = false;
    this.#forgetMissing();
    return this.#outcomes(this.#cards.values());
  }

  /** Takes one answer of the feed; all its changes are one new picture. */
  apply(changes: Changes, askedAt: number): Outcome[] {
    const taken: Card[] = [];
    for (const card of changes.cards ?? []) {
      if (this.#isOlder(card.issueId, askedAt)) continue;
      if (this.#held.has(card.issueId)) {
        this.#held.set(card.issueId, card);
        continue;
      }
      const moved = this.#put(card);
      if (moved && !this.#awaited.has(card.issueId)) this.orderUnsure = true;
      if (this.#moves.get(card.issueId)?.state === 'refused') this.#moves.delete(card.issueId);
      taken.push(card);
    }
    for (const issueId of changes.removed ?? []) {
      if (this.#held.has(issueId)) this.#held.set(issueId, null);
      else this.#remove(issueId);
    }
    if (changes.repositories) this.#repositories = changes.repositories;
    if (changes.cursor) this.cursor = changes.cursor;
    return this.#outcomes(taken);
  }

  /** Cards are in somebody's hand: what the feed says of them waits, so that nothing is taken away. */
  hold(issueIds: Iterable<string>): void {
    for (const issueId of issueIds) if (this.#cards.has(issueId)) this.#held.set(issueId, undefined);
  }

  /** The hand is open: what was said meanwhile counts now. Null if nothing was. */
  letGo(): Outcome[] | null {
    const told = [...this.#held].filter(([, card]) => card !== undefined);
    this.#held.clear();
    if (told.length === 0) return null;
    const cards = told.flatMap(([, card]) => (card ? [card] : []));
    const removed = told.flatMap(([issueId, card]) => (card === null ? [issueId] : []));
    return this.apply({ cursor: this.cursor, cards, removed }, Infinity);
  }

  /** Shows a change of a card at once; null takes it back. */
  edit(issueId: string, edit: Edit | null): void {
    if (edit && this.#cards.has(issueId)) this.#edits.set(issueId, edit);
    else this.#edits.delete(issueId);
  }

  /** Shows a move at once. Null if the card is gone, is there already, or has a move on its way. */
  begin(issueId: string, to: Status, at: number): Move | null {
    const card = this.#cards.get(issueId);
    if (!card || statusOf(card) === to || this.#moves.get(issueId)?.state === 'sending') return null;
    const move: Move = { state: 'sending', from: statusOf(card), to, at, reason: '' };
    this.#moves.set(issueId, move);
    return move;
  }

  /** The server took the move; `at` is on the clock of `askedAt`. Older answers about this card no longer count. */
  accept(card: Card, at: number): void {
    const move = this.#moves.get(card.issueId);
    this.#moves.delete(card.issueId);
    this.#edits.delete(card.issueId);
    this.#acknowledged.set(card.issueId, at);
    if (card.pending) this.#awaited.set(card.issueId, move?.to ?? statusOf(card));
    this.#put(card);
  }

  /** The server did not take the move: the card is back where it was, with the reason. */
  refuse(issueId: string, reason: string, at: number): void {
    const move = this.#moves.get(issueId);
    if (move) this.#moves.set(issueId, { ...move, state: 'refused', reason, at });
  }

  dismiss(issueId: string): void {
    if (this.#moves.get(issueId)?.state === 'refused') this.#moves.delete(issueId);
  }

  /** True while something is expected to change soon: a write on its way or work under a claim. */
  busy(): boolean {
    if (this.#awaited.size > 0) return true;
    for (const card of this.#cards.values()) {
      if (card.claim || (card.pending && card.pending.state !== 'parked')) return true;
    }
    return false;
  }

  picture(): Picture {
    const shown = new Map<Status, CardView[]>(STATUSES.map((status) => [status, []]));
    for (const [issueId, move] of this.#moves) {
      const card = this.#cards.get(issueId);
      if (card && move.state === 'sending') shown.get(move.to)!.push(this.#view(card, move.to));
    }
    for (const [status, ids] of this.#order) {
      const views = shown.get(status)!;
      for (const issueId of ids) {
        if (this.#moves.get(issueId)?.state !== 'sending') views.push(this.#view(this.#cards.get(issueId)!, status));
      }
    }
    return {
      columns: STATUSES.map((status) => {
        const views = shown.get(status)!;
        return { status, title: titleOf(status), views, count: views.length + (this.#unsent.get(status) ?? 0) };
      }),
      repositories: this.#repositories,
      truncated: this.#truncated,
    };
  }

  #view(card: Card, status: Status): CardView {
    const { issueId } = card;
    const move = this.#moves.get(issueId) ?? null;
    const edit = this.#edits.get(issueId);
    const known = this.#views.get(issueId);
    if (known && known.of === card && known.status === status && known.move === move && known.edit === edit) return known;
    const view = { card: edit ? { ...card, ...edit } : card, status, move, of: card, edit };
    this.#views.set(issueId, view);
    return view;
  }

  /** Stores a card; true if it is new or came to another column, where it is then the first. */
  #put(card: Card): boolean {
    const before = this.#cards.get(card.issueId);
    this.#cards.set(card.issueId, card);
    if (before && statusOf(before) === statusOf(card)) return false;
    if (before) this.#leave(statusOf(before), card.issueId);
    this.#order.get(statusOf(card))!.unshift(card.issueId);
    return true;
  }

  #remove(issueId: string): void {
    const card = this.#cards.get(issueId);
    if (!card) return;
    this.#leave(statusOf(card), issueId);
    this.#cards.delete(issueId);
    this.#forgetMissing();
  }

  #leave(status: Status, issueId: string): void {
    this.#order.set(
      status,
      this.#order.get(status)!.filter((id) => id !== issueId),
    );
  }

  #forgetMissing(): void {
    for (const known of [this.#moves, this.#edits, this.#awaited, this.#acknowledged, this.#views, this.#held]) {
      for (const issueId of known.keys()) if (!this.#cards.has(issueId)) known.delete(issueId);
    }
  }

  #isOlder(issueId: string, askedAt: number): boolean {
    return askedAt < (this.#acknowledged.get(issueId) ?? -Infinity);
  }

  #outcomes(cards: Iterable<Card>): Outcome[] {
    const outcomes: Outcome[] = [];
    if (this.#awaited.size === 0) return outcomes;
    for (const card of cards) {
      const to = this.#awaited.get(card.issueId);
      if (to === undefined || (card.pending && card.pending.state !== 'parked')) continue;
      this.#awaited.delete(card.issueId);
      outcomes.push({ kind: card.pending ? 'failed' : statusOf(card) === to ? 'confirmed' : 'overruled', card, to });
    }
    return outcomes;
  }
}
