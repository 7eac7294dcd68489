export interface Rows {
  first: number;
  /** One past the last row. */
  end: number;
}

/** Rows that must exist for a scroll position: those in view and `spare` on either side. Lengths in px. */
export function rowsInView(scrollTop: number, height: number, rowHeight: number, count: number, spare = 4): Rows {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - spare);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { first, end: Math.max(first, end) };
}

/** The scroll position that shows a row whole, or the present one if it is whole already. */
export function scrollToShow(row: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + height) return top + rowHeight - height;
  return scrollTop;
}
