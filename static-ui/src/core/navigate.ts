import type { Picture } from './board';
import type { Command } from './keymap';

export interface Place {
  column: number;
  row: number;
}

/** Where a card is in a picture, or null. */
export function placeOf(picture: Picture, issueId: string | null): Place | null {
  if (issueId === null) return null;
  for (const [column, { views }] of picture.columns.entries()) {
    const row = views.findIndex((view) => view.card.issueId === issueId);
    if (row >= 0) return { column, row };
  }
  return null;
}

/** The first card there is, reading the columns from the left. */
export function firstCard(picture: Picture): string | null {
  return picture.columns.find((column) => column.views.length > 0)?.views[0]!.card.issueId ?? null;
}

/** The card that a step leads to; empty columns are stepped over, at the edge one stays. */
export function step(picture: Picture, from: Place, command: Command): string | null {
  const views = picture.columns[from.column]?.views ?? [];
  const last = views.length - 1;
  const rows: Partial<Record<Command, number>> = { down: from.row + 1, up: from.row - 1, first: 0, last };
  const row = rows[command];
  if (row !== undefined) return views[Math.max(0, Math.min(last, row))]?.card.issueId ?? null;
  const direction = command === 'right' ? 1 : command === 'left' ? -1 : 0;
  if (direction === 0) return null;
  for (let column = from.column + direction; picture.columns[column]; column += direction) {
    const there = picture.columns[column]!.views;
    if (there.length > 0) return there[Math.min(from.row, there.length - 1)]!.card.issueId;
  }
  return views[from.row]?.card.issueId ?? null;
}
