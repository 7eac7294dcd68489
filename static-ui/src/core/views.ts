// Saved views: a name for what the board is narrowed to. The address alone says it all; a view only gives it a name.

export interface View {
  name: string;
  /** As `filterQuery` writes it; empty for the whole board. */
  query: string;
}

export const BUILT_IN: readonly View[] = [
  { name: 'All cards', query: '' },
  { name: 'Needs me', query: '?needs=me' },
  { name: 'Urgent', query: '?priority=p0' },
  { name: 'Nobody owns it', query: '?owner=-' },
];

const MOST_NAME = 60;

/** Reads what was stored; whatever is not a view is left out. */
export function readViews(stored: string | null): View[] {
  let value: unknown;
  try {
    value = JSON.parse(stored ?? '[]');
  } catch {
    return [];
  }
  return Array.isArray(value) ? value.filter(isView) : [];
}

function isView(value: unknown): value is View {
  const { name, query } = (value ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && name !== '' && typeof query === 'string' && (query === '' || query.startsWith('?'));
}

/** The views with one more; the same name again replaces the old one. */
export function withView(views: readonly View[], name: string, query: string): View[] {
  const clean = name.trim().slice(0, MOST_NAME);
  if (clean === '') return [...views];
  return [...views.filter((view) => view.name !== clean), { name: clean, query }].sort((a, b) => a.name.localeCompare(b.name));
}
