import { api, patience } from '../api/client';
import { call, onSignedOut } from '../api/problem';
import type { Health } from '../api/types';
import { router } from './router.svelte';

const HEALTH_MS = 60_000;

/** How this server is set up, how it is, and who is signed in. */
class Session {
  health = $state.raw<Health | null>(null);
  user = $state<string | null>(null);

  get authMode(): string {
    return this.health?.authMode ?? '';
  }

  async refresh(): Promise<void> {
    await Promise.all([this.#readHealth(), this.#readUser()]);
  }

  async signOut(): Promise<void> {
    await call(api.POST('/api/auth/logout'));
    // A real page load: nothing that was read stays in memory.
    location.assign('/login?out');
  }

  /** Reads the health now and then, and sends people to sign in when the server asks for it. */
  run(): () => void {
    onSignedOut(() => this.#toLogin());
    void this.refresh();
    const timer = setInterval(() => document.hidden || void this.#readHealth(), HEALTH_MS);
    return () => clearInterval(timer);
  }

  #toLogin(): void {
    this.user = null;
    if (router.page === 'login') return;
    const here = router.url.pathname + router.url.search;
    router.go(`/login?next=${encodeURIComponent(here)}`, { replace: true });
  }

  async #readHealth(): Promise<void> {
    try {
      const { data, error } = await api.GET('/api/health', { signal: patience() });
      // A 503 has the same shape and says what is wrong.
      const health = data ?? error;
      if (typeof health === 'object' && 'authMode' in health) this.health = health;
    } catch {
      // Not reachable: the pages say so about their own data.
    }
  }

  async #readUser(): Promise<void> {
    const answer = await call(api.GET('/api/auth/session', { signal: patience() }));
    if (answer.ok) this.user = answer.data.user ?? null;
  }
}

export const session = new Session();
