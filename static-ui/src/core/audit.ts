type Labels = readonly string[] | null | undefined;

/** Which labels came and which went, compared without case, as GitHub does. */
export function labelChange(before: Labels, after: Labels): { added: string[]; removed: string[] } {
  if (!before || !after) return { added: [], removed: [] };
  const lacks = (list: readonly string[]) => {
    const known = new Set(list.map((label) => label.toLowerCase()));
    return (label: string) => !known.has(label.toLowerCase());
  };
  return { added: after.filter(lacks(before)), removed: before.filter(lacks(after)) };
}

const MOST = 200;

/** A change of state in one line, from whatever the server noted: only the fields that differ. */
export function stateChange(before: unknown, after: unknown): string {
  if (isEmpty(before) && isEmpty(after)) return '';
  const text = isRecord(before) || isRecord(after) ? fields(before, after) : `${word(before)} → ${word(after)}`;
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

function fields(before: unknown, after: unknown): string {
  const [from, to] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names
    .filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]))
    .map((name) => (name in from ? `${name}: ${word(from[name])} → ${word(to[name])}` : `${name}: ${word(to[name])}`))
    .join(', ');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (isRecord(value) && Object.keys(value).length === 0);
}

function word(value: unknown): string {
  if (isEmpty(value)) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
