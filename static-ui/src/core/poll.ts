// When to ask for changes. Timers, randomness and time come from outside, so that tests need no waiting.

/** How one question ended. `retryAfterMs` is the server's own wish. */
export type Pulled = { ok: true } | { ok: false; reason: string; retryAfterMs?: number; stop?: boolean };

export type LiveMark =
  | { state: 'connecting'; problem?: boolean }
  | { state: 'live'; since: number }
  | { state: 'stale'; since: number | null; reason: string };

/** The one that a page has to own up to: stale since the earliest, not there yet, or live. Null of none. */
export function worstOf(marks: readonly LiveMark[]): LiveMark | null {
  const stale = marks.filter((mark) => mark.state === 'stale').sort((a, b) => (a.since ?? 0) - (b.since ?? 0));
  return stale[0] ?? marks.find(({ state }) => state === 'connecting') ?? marks[0] ?? null;
}

export interface PollerParts {
  pull(): Promise<Pulled>;
  /** True while changes are expected soon. */
  busy(): boolean;
  /** Calls back once after some ms; returns how to call it off. */
  timer(callback: () => void, ms: number): () => void;
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
  onMark(mark: LiveMark): void;
}

const BUSY_MS = 2_000;
const CALM_MS = 5_000;
const BACK_OFF_MS = [5_000, 10_000, 30_000, 60_000];
/** Misses in a row after which the board no longer calls itself live. */
const STALE_AFTER = 3;

export class Poller {
  #parts: PollerParts;
  #cancel: (() => void) | null = null;
  #on = false;
  #visible = true;
  #asking = false;
  #again = false;
  #misses = 0;
  #lastGood: number | null = null;

  constructor(parts: PollerParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#on) return;
    this.#on = true;
    this.ask();
  }

  stop(): void {
    this.#on = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  /** A hidden page asks nothing; one that comes back asks at once. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.#cancel?.();
    this.#cancel = null;
    if (visible) this.ask();
  }

  /** The browser says there is no connection: no need for three misses to admit it. */
  offline(): void {
    if (this.#on) this.#mark({ state: 'stale', since: this.#lastGood, reason: 'No connection' });
  }

  /** Asks now; if a question is already under way, once more after it. */
  ask(): void {
    if (!this.#on || !this.#visible) return;
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#cancel?.();
    this.#cancel = null;
    void this.#run();
  }

  async #run(): Promise<void> {
    this.#asking = true;
    this.#again = false;
    const pulled = await this.#parts.pull();
    this.#asking = false;
    if (!pulled.ok && pulled.stop) this.stop();
    if (!this.#on) return;
    if (pulled.ok) {
      this.#misses = 0;
      this.#lastGood = this.#parts.now();
      this.#mark({ state: 'live', since: this.#lastGood });
    } else {
      this.#misses += 1;
      if (this.#misses >= STALE_AFTER) this.#mark({ state: 'stale', since: this.#lastGood, reason: pulled.reason });
    }
    if (!this.#visible) return;
    if (this.#again && pulled.ok) return this.ask();
    this.#cancel = this.#parts.timer(() => {
      this.#cancel = null;
      this.ask();
    }, this.#delay(pulled));
  }

  #delay(pulled: Pulled): number {
    const jitter = 0.8 + 0.4 * this.#parts.random();
    if (pulled.ok) return this.#parts.busy() ? BUSY_MS : CALM_MS * jitter;
    const backOff = BACK_OFF_MS[Math.min(this.#misses, BACK_OFF_MS.length) - 1]!;
    return Math.max(backOff * jitter, pulled.retryAfterMs ?? 0);
  }

  #mark(mark: LiveMark): void {
    this.#parts.onMark(mark);
  }
}
