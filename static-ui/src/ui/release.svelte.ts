// A tab that was open while a new version was deployed: it finds out, says so, and gets past code that is no longer there.
import { stored, store } from './preferences.svelte';

/** How often, at most, a tab that comes back into view looks for a new version, in ms. */
const LOOK_MS = 5 * 60_000;
/** A second reload within this time would be a loop: the page then says that it could not be loaded. In ms. */
const LOOP_MS = 30_000;
const RELOADED = 'dispatch-reloaded-at';

class Release {
  /** The server has other code than this tab runs. */
  isOld = $state(false);
  #lookedAt = performance.now();
  #entry = entryOf(document.documentElement.outerHTML);

  /** Watches for code that is gone and for new versions; returns how to stop. */
  watch(): () => void {
    const followed = new AbortController();
    const { signal } = followed;
    addEventListener('vite:preloadError', () => this.#onMissing(), { signal });
    document.addEventListener('visibilitychange', () => void this.#look(), { signal });
    return () => followed.abort();
  }

  /** A chunk of this version cannot be had any more: the address says everything that a fresh page needs. */
  #onMissing(): void {
    const before = Number(stored(RELOADED) ?? 0);
    if (!navigator.onLine || Date.now() - before < LOOP_MS) return;
    store(RELOADED, String(Date.now()));
    location.reload();
  }

  async #look(): Promise<void> {
    if (document.hidden || this.isOld || performance.now() - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = performance.now();
    const answer = await fetch('/', { cache: 'no-cache' }).catch(() => null);
    const entry = answer?.ok ? entryOf(await answer.text()) : null;
    this.isOld = entry !== null && entry !== this.#entry;
  }
}

/** The hashed name of the first script: another one is another version. */
function entryOf(html: string): string | null {
  return /\/assets\/index-[\w-]+\.js/.exec(html)?.[0] ?? null;
}

export const release = new Release();
