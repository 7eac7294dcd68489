/** Something that can be found by words. */
export interface Entry {
  /** What is shown; words at its beginning count most. */
  title: string;
  /** Further words it is found by. */
  words?: string;
}

/** The entries in which every word of `text` occurs, the best first; among equals the order stays. */
export function search<E extends Entry>(entries: Iterable<E>, text: string, most: number): E[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found: { entry: E; rank: number }[] = [];
  for (const entry of entries) {
    const rank = rankOf(entry, words);
    if (rank !== null) found.push({ entry, rank });
  }
  found.sort((a, b) => a.rank - b.rank);
  return found.slice(0, most).map(({ entry }) => entry);
}

/** 0 is best; null when a word does not occur. */
function rankOf({ title, words: more = '' }: Entry, words: readonly string[]): number | null {
  const [head, rest] = [title.toLowerCase(), more.toLowerCase()];
  let rank = 0;
  for (const word of words) {
    const at = head.indexOf(word);
    if (at === 0) continue;
    if (at > 0) rank += /\W/.test(head[at - 1]!) ? 1 : 2;
    else if (rest.includes(word)) rank += 3;
    else return null;
  }
  return rank;
}
