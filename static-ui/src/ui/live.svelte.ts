// The board's data in this browser: reads it and follows it. What people do to it is in deeds.svelte.ts.
import { api, patience } from '../api/client';
import { type Problem, call } from '../api/problem';
import { BoardStore, type Outcome, type Picture } from '../core/board';
import { type LiveMark, Poller, type Pulled } from '../core/poll';
import { statusOf, titleOf } from '../core/status';
import { say } from './announce.svelte';
import { clock } from './clock.svelte';
import { freshness } from './freshness.svelte';

/** How often, at most, the whole board is read again only for the order of its cards, in ms. */
const REORDER_MS = 60_000;

/**
 * How often the whole board is asked for again, in ms: the feed tells what somebody changed, and not what time alone
 * changes, or what one card's change means for others. An unchanged board costs a 304.
 */
const REREAD_MS = 120_000;

class Live {
  picture = $state.raw<Picture | null>(null);
  #mark = $state.raw<LiveMark>({ state: 'connecting' });
  /** Why there is no board to show. Null once one has been read. */
  problem = $state.raw<Problem | null>(null);
  readonly store = new BoardStore();

  #users = 0;
  #loadedAt = 0;
  #poller = new Poller({
    pull: () => this.#pull(),
    busy: () => this.store.busy(),
    timer: (callback, ms) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    now: () => Date.now(),
    random: () => Math.random(),
    onMark: (mark) => (this.#mark = mark),
  });

  get mark(): LiveMark {
    return this.#mark.state === 'connecting' ? { state: 'connecting', problem: this.problem !== null } : this.#mark;
  }

  /** A page that shows the board's data calls this while it is open; returns how to let go. */
  follow(): () => void {
    const followed = new AbortController();
    const { signal } = followed;
    document.addEventListener('visibilitychange', () => this.#poller.setVisible(!document.hidden), { signal });
    addEventListener('offline', () => this.#poller.offline(), { signal });
    addEventListener('online', () => this.#poller.ask(), { signal });
    this.#poller.setVisible(!document.hidden);
    if (this.#users++ === 0) this.#poller.start();
    const forget = freshness.add(this);
    return () => {
      forget();
      followed.abort();
      if (--this.#users === 0) this.#poller.stop();
    };
  }

  /** Asks the server now. */
  tryNow(): void {
    this.#poller.ask();
  }

  /** What the store has now is what is shown. */
  publish(): void {
    this.picture = this.store.picture();
  }

  /** Tells what became of earlier moves. */
  tell(outcomes: readonly Outcome[]): void {
    for (const { kind, card, to } of outcomes) {
      const name = `#${card.issueNumber}`;
      if (kind === 'overruled') {
        say(`${name} was changed on GitHub meanwhile: it is in ${titleOf(statusOf(card))}, not in ${titleOf(to)}.`, { show: true });
      } else if (kind === 'failed') {
        const reason = card.pending?.error ?? 'no reason given';
        say(`${name}: the write to GitHub failed: ${reason}. It can be tried again from the card.`, { show: true });
      }
    }
  }

  async #pull(): Promise<Pulled> {
    const age = performance.now() - this.#loadedAt;
    if (!this.store.loaded || age > (this.store.orderUnsure ? REORDER_MS : REREAD_MS)) return this.#loadBoard();
    const askedAt = performance.now();
    const params = { query: { after: this.store.cursor } };
    const answer = await call(api.GET('/api/changes', { params, signal: patience() }));
    if (!answer.ok) return answer.problem.status === 410 ? this.#loadBoard() : failed(answer.problem);
    if (answer.data.resync) return this.#loadBoard();
    const { cards, removed, repositories } = answer.data;
    const outcomes = this.store.apply(answer.data, askedAt);
    if (cards?.length || removed?.length || repositories) this.publish();
    this.tell(outcomes);
    return { ok: true };
  }

  async #loadBoard(): Promise<Pulled> {
    const askedAt = performance.now();
    const answer = await call(api.GET('/api/board', { signal: patience(20_000) }));
    this.#loadedAt = performance.now();
    if (!answer.ok) {
      if (!this.store.loaded) this.problem = answer.problem;
      return failed(answer.problem);
    }
    this.problem = null;
    // The answer itself may be an old one that the server said still holds.
    clock.adjust(answer.response.headers.get('date'));
    const outcomes = this.store.load(answer.data, askedAt);
    this.publish();
    this.tell(outcomes);
    return { ok: true };
  }
}

function failed(problem: Problem): Pulled {
  const { message: reason, retryAfterMs, kind } = problem;
  return { ok: false, reason, stop: kind === 'signed-out', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

export const live = new Live();
