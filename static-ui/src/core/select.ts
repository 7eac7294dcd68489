import type { Picture } from './board';
import { placeOf } from './navigate';

export type Selected = ReadonlySet<string>;

export function toggled(selected: Selected, issueId: string): Selected {
  const next = new Set(selected);
  if (!next.delete(issueId)) next.add(issueId);
  return next;
}

/** With all cards between two of one column; of two columns only the last one is added. */
export function extended(selected: Selected, picture: Picture, from: string | null, to: string): Selected {
  const [start, end] = [placeOf(picture, from), placeOf(picture, to)];
  if (!end) return selected;
  if (!start || start.column !== end.column) return new Set([...selected, to]);
  const [first, last] = [Math.min(start.row, end.row), Math.max(start.row, end.row)];
  const between = picture.columns[end.column]!.views.slice(first, last + 1);
  return new Set([...selected, ...between.map(({ card }) => card.issueId)]);
}

/** With all cards of the column, or without them if all of them were selected. */
export function columnToggled(selected: Selected, picture: Picture, column: number): Selected {
  const ids = picture.columns[column]?.views.map(({ card }) => card.issueId) ?? [];
  const all = ids.every((issueId) => selected.has(issueId));
  return all ? new Set([...selected].filter((issueId) => !ids.includes(issueId))) : new Set([...selected, ...ids]);
}

/** Only those that are still to be seen. */
export function stillShown(selected: Selected, picture: Picture): Selected {
  if (selected.size === 0) return selected;
  const shown = new Set(picture.columns.flatMap(({ views }) => views.map(({ card }) => card.issueId)));
  const kept = [...selected].filter((issueId) => shown.has(issueId));
  return kept.length === selected.size ? selected : new Set(kept);
}
