// The geometry of small plots. Pure: numbers in, numbers and path data out.

/** A plot's ground in its own units; the view box, not pixels. */
export const WIDTH = 240;
export const HEIGHT = 64;

export type Values = readonly (number | null)[];

/** The top of the scale: the next 1, 2 or 5 with zeros above the greatest value, and never 0. */
export function ceiling(values: Values): number {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  if (most === 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * unit).find((step) => step >= most)!;
}

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One bar per slot; a slot without a value, or with 0, has none. */
export function bars(values: Values, top: number): (Bar | null)[] {
  const slot = WIDTH / Math.max(1, values.length);
  const gap = Math.min(2, slot / 4);
  return values.map((value, i) => {
    if (!value) return null;
    const height = Math.max(1, (value / top) * HEIGHT);
    return { x: round(i * slot + gap / 2), y: round(HEIGHT - height), width: round(slot - gap), height: round(height) };
  });
}

/** A line through the middle of the slots; it breaks where a value is missing, and one alone is a dot. */
export function line(values: Values, top: number): string {
  const slot = WIDTH / Math.max(1, values.length);
  let path = '';
  let drawing = false;
  for (const [i, value] of values.entries()) {
    if (value === null) {
      drawing = false;
      continue;
    }
    const [x, y] = [round((i + 0.5) * slot), round(HEIGHT - (value / top) * HEIGHT)];
    path += drawing ? `L${x} ${y}` : `M${x} ${y}l0 0`;
    drawing = true;
  }
  return path;
}

/** The last value that is there. */
export function latest(values: Values): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** Of those that are there; null without any. */
export function total(values: Values): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
