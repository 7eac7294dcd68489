// Long lists, read page by page, the newest first.

/** A page, and what to ask for the next older one with; null at the end. */
export interface Page<T> {
  items: readonly T[];
  next: string | null;
}

/**
 * The newest page before what was read earlier. If so much is new that the two do not meet, what was read earlier is
 * dropped: a list with a hole in it would lie.
 */
export function joined<T extends { id: string }>(fresh: Page<T>, known: Page<T>): Page<T> {
  const ids = new Set(fresh.items.map(({ id }) => id));
  const rest = known.items.filter(({ id }) => !ids.has(id));
  if (rest.length === 0 || rest.length === known.items.length) return fresh;
  return { items: [...fresh.items, ...rest], next: known.next };
}
