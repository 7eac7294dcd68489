/** The pages, by path. The navigation bar is made from the same table. */
export const PAGES = [
  { name: 'board', path: '/board', title: 'Board' },
  { name: 'projects', path: '/projects', title: 'Projects' },
  { name: 'agents', path: '/agents', title: 'Agents' },
  { name: 'automation', path: '/automation', title: 'Automation' },
  { name: 'audit', path: '/audit', title: 'Audit' },
] as const;

export type PageName = (typeof PAGES)[number]['name'] | 'login' | 'missing';

/** Which page a path asks for. `/` is the board; a slash at the end does not matter. */
export function pageOf(pathname: string): PageName {
  const path = pathname.replace(/\/+$/, '') || '/board';
  if (path === '/login') return 'login';
  return PAGES.find((page) => page.path === path)?.name ?? 'missing';
}

export function pageTitle(page: PageName): string {
  if (page === 'login') return 'Sign in';
  return PAGES.find((entry) => entry.name === page)?.title ?? 'Page not found';
}

/** Where to go after signing in: a path of this site and nothing else, whatever the address bar says. */
export function safeNext(next: string | null): string {
  if (next === null || !next.startsWith('/') || /^\/[/\\]/.test(next) || pageOf(next.split(/[?#]/)[0]!) === 'login') {
    return '/board';
  }
  return next;
}
