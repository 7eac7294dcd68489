/** A limit as it is typed: empty is none. */
export function typedLimit(limit: number | null | undefined): string {
  return limit == null ? '' : String(limit);
}

/** What was typed: null is no limit, undefined no whole number. */
export function readLimit(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  return /^\d+$/.test(typed) ? Number(typed) : undefined;
}

/** Whose issues agents see, after "agents see". */
export function seenOf(policy: string): string {
  return policy === 'trusted' ? 'issues of people with write access, and others once they are approved' : 'issues of everybody';
}

/** Labels, one a line. */
export function readLabels(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean);
}
