// How what the page shows stands as a whole: everything that is read again by itself reports here while it is shown.
import { SvelteSet } from 'svelte/reactivity';
import { type LiveMark, worstOf } from '../core/poll';

/** Something that is read again by itself. */
export interface Source {
  readonly mark: LiveMark;
  /** Reads it now. */
  tryNow(): void;
}

class Freshness {
  #sources = new SvelteSet<Source>();
  /** Null when nothing on the page is read again by itself. */
  readonly mark = $derived(worstOf([...this.#sources].map(({ mark }) => mark)));

  /** Returns how to take it back. */
  add(source: Source): () => void {
    this.#sources.add(source);
    return () => void this.#sources.delete(source);
  }

  tryNow(): void {
    for (const source of this.#sources) if (source.mark.state !== 'live') source.tryNow();
  }
}

export const freshness = new Freshness();
