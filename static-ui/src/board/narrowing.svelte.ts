import { EVERYTHING, type Filter, filterQuery, readFilter } from '../core/filter';
import { router } from '../ui/router.svelte';

/** How long typing may pause before the address follows, in ms. */
const URL_DELAY_MS = 250;

/** What the board is narrowed to: here at once, in the address soon after. */
export class Narrowing {
  filter = $state.raw<Filter>(readFilter(router.query));
  #timer: ReturnType<typeof setTimeout> | undefined;

  set(next: Partial<Filter>): void {
    this.filter = { ...this.filter, ...next };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      router.go(`/board${filterQuery(this.filter)}`, { replace: true });
    }, URL_DELAY_MS);
  }

  clear(): void {
    this.set(EVERYTHING);
  }

  /** The address says something else: a step in the history, or a link. */
  follow(query: URLSearchParams): void {
    if (this.#timer === undefined) this.filter = readFilter(query);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
