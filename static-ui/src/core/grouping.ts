import type { Picture, CardView } from './board';

/** Cards under a claim, the one whose lease ends first at the top. */
export function claimedCards(picture: Picture): CardView[] {
  const ends = (view: CardView) => Date.parse(view.card.claim!.expiresAt);
  const claimed = picture.columns.flatMap((column) => column.views.filter((view) => view.card.claim));
  return claimed.sort((a, b) => ends(a) - ends(b));
}

/** The items by what `key` says of them, in the order of their first ones. */
export function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
