import { routeOf } from '../core/route';

class Router {
  url = $state.raw(new URL(location.href));
  #route = $derived(routeOf(this.url.pathname));
  // A value of its own: another query is not another page, and must not build the page anew.
  #page = $derived(this.#route.page);

  get page() {
    return this.#page;
  }

  /** What stands in the path where the page's pattern has a `:word`. */
  get params() {
    return this.#route.params;
  }

  get query(): URLSearchParams {
    return this.url.searchParams;
  }

  /** Goes to a path of this site. `replace` leaves no step in the browser's history. */
  go(to: string, { replace = false } = {}): void {
    const url = new URL(to, location.href);
    if (url.href === this.url.href) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
    this.url = url;
  }

  /** Follows the browser's history and takes over plain clicks on links of this site. */
  listen(): () => void {
    const followed = new AbortController();
    const { signal } = followed;
    addEventListener('popstate', () => (this.url = new URL(location.href)), { signal });
    document.addEventListener('click', (event) => this.#onClick(event), { signal });
    return () => followed.abort();
  }

  #onClick(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || link.target || link.origin !== location.origin) return;
    const within = link.hash !== '' && link.pathname === location.pathname;
    if (link.pathname.startsWith('/api/') || within || link.hasAttribute('download')) return;
    event.preventDefault();
    this.go(link.href);
  }
}

export const router = new Router();
