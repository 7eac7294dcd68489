const OWNED = /^(status|agent|owner|priority|type|lane)\//i;

/** Labels that the card does not already show in words of its own. */
export function otherLabels(labels: readonly string[]): string[] {
  return labels.filter((label) => !OWNED.test(label));
}

/** Which of `count` chip colours a label gets: always the same one for the same name. */
export function chipOf(label: string, count: number): number {
  let hash = 0;
  for (const letter of label.toLowerCase()) hash = (hash * 31 + letter.codePointAt(0)!) >>> 0;
  return hash % count;
}

/** Two letters for a name: `ana-maria` gives `AM`, `bob` gives `BO`. */
export function initials(name: string): string {
  const parts = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = parts.length > 1 ? parts[0]![0]! + parts[1]![0]! : (parts[0] ?? '?').slice(0, 2);
  return letters.toUpperCase();
}

/** `name` of `owner/name`. */
export function shortRepo(fullName: string): string {
  return fullName.slice(fullName.indexOf('/') + 1);
}

/** The names in a family of labels: `project/apollo` gives `apollo` for `project`. */
export function namesIn(labels: readonly string[], family: string): string[] {
  const head = `${family}/`;
  return labels.filter((label) => label.toLowerCase().startsWith(head)).map((label) => label.slice(head.length));
}
