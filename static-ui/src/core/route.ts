/** The pages, by path. Navigation bar, `g` keys and palette are made from the same table; `load` is in `pages.ts`. */
export const PAGES = [
  { name: 'overview', path: '/overview', title: 'Overview', key: 'o' },
  { name: 'board', path: '/board', title: 'Board', key: 'b' },
  { name: 'attention', path: '/attention', title: 'Needs attention', key: 'n' },
  { name: 'projects', path: '/projects', title: 'Projects', key: 'p' },
  { name: 'agents', path: '/agents', title: 'Agents', key: 'a' },
  { name: 'lanes', path: '/lanes', title: 'Lanes', key: 'l' },
  { name: 'automation', path: '/automation', title: 'Repositories', key: 'r' },
  { name: 'audit', path: '/audit', title: 'Audit', key: 'u' },
  { name: 'health', path: '/health', title: 'Health', key: 'h' },
] as const satisfies readonly PageEntry[];

/** Pages that are reached from others and stand in no navigation. */
const OTHERS = [
  { name: 'issue', path: '/issues/:owner/:repo/:number', title: 'Issue' },
  { name: 'login', path: '/login', title: 'Sign in' },
] as const satisfies readonly Omit<PageEntry, 'key'>[];

interface PageEntry {
  name: string;
  /** `:word` stands for one segment, which the page finds under that word in `router.params`. */
  path: string;
  title: string;
  /** The letter after `g`. */
  key: string;
}

export type PageName = (typeof PAGES)[number]['name'] | (typeof OTHERS)[number]['name'] | 'missing';

export interface Route {
  page: PageName;
  params: Readonly<Record<string, string>>;
}

/** Which page a path asks for. `/` is the board; a slash at the end does not matter. */
export function routeOf(pathname: string): Route {
  const path = pathname.replace(/\/+$/, '') || '/board';
  for (const entry of [...PAGES, ...OTHERS]) {
    const params = paramsOf(entry.path, path);
    if (params) return { page: entry.name, params };
  }
  return { page: 'missing', params: {} };
}

export function pageOf(pathname: string): PageName {
  return routeOf(pathname).page;
}

function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const text = given[i]!;
    if (!part.startsWith(':')) {
      if (part !== text) return null;
    } else {
      const value = decoded(text);
      if (!value) return null;
      params[part.slice(1)] = value;
    }
  }
  return params;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

export function pageTitle(page: PageName): string {
  return [...PAGES, ...OTHERS].find((entry) => entry.name === page)?.title ?? 'Page not found';
}

/** The page of an issue, by what people call it. */
export function issuePath(repoFullName: string, issueNumber: number): string {
  return `/issues/${repoFullName.split('/').map(encodeURIComponent).join('/')}/${issueNumber}`;
}

/** Where to go after signing in: a path of this site and nothing else, whatever the address bar says. */
export function safeNext(next: string | null): string {
  if (next === null || !next.startsWith('/') || /^\/[/\\]/.test(next) || pageOf(next.split(/[?#]/)[0]!) === 'login') {
    return '/board';
  }
  return next;
}
