import type { Answer, Problem } from '../api/problem';
import type { LiveMark } from '../core/poll';
import { freshness } from './freshness.svelte';

/** How long a refresh that failed is put off, times the misses in a row, at most ten times. */
const MOST_MISSES = 10;

/** Something a page reads from the API: loading, there, or failed; what was read stays when a later read fails. */
export class Resource<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);
  /** When the value was read, in ms. */
  readAt = $state<number | null>(null);
  #read: () => Promise<Answer<T>>;
  #turn = 0;
  #misses = 0;

  constructor(read: () => Promise<Answer<T>>) {
    this.#read = read;
  }

  /** How what is shown stands. */
  get mark(): LiveMark {
    if (this.readAt === null) return { state: 'connecting', problem: this.problem !== null };
    return this.problem ? { state: 'stale', since: this.readAt, reason: this.problem.message } : { state: 'live', since: this.readAt };
  }

  tryNow(): void {
    void this.load();
  }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    const answer = await this.#read();
    // A later question has been asked meanwhile: its answer counts.
    if (turn !== this.#turn) return;
    this.loading = false;
    if (answer.ok) {
      this.value = answer.data;
      this.readAt = Date.now();
    }
    this.problem = answer.ok ? null : answer.problem;
    this.#misses = answer.ok ? 0 : this.#misses + 1;
  }

  /** What was read belongs to another question now. */
  forget(): void {
    this.#turn += 1;
    this.value = this.problem = this.readAt = null;
    this.loading = false;
  }

  /** Reads now and every so many ms while the page is seen, at once on return, less often while it fails. */
  follow(everyMs: number): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let on = true;
    const turn = async () => {
      clearTimeout(timer);
      await this.load();
      if (on && !document.hidden) timer = setTimeout(turn, everyMs * Math.min(this.#misses + 1, MOST_MISSES));
    };
    const onSeen = () => (document.hidden ? clearTimeout(timer) : void turn());
    const followed = new AbortController();
    const { signal } = followed;
    document.addEventListener('visibilitychange', onSeen, { signal });
    // Without a connection the next read fails at once, and the page says so.
    addEventListener('offline', onSeen, { signal });
    addEventListener('online', onSeen, { signal });
    const forget = freshness.add(this);
    void turn();
    return () => {
      on = false;
      clearTimeout(timer);
      followed.abort();
      forget();
    };
  }
}
