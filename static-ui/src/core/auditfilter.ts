// Which events the audit page shows: read from the address, and written back to it.

export const FIELDS = ['repo', 'number', 'actor', 'actorKind', 'action', 'success', 'correlationId', 'since', 'until'] as const;
export type AuditField = (typeof FIELDS)[number];
export type AuditFilter = Readonly<Partial<Record<AuditField, string>>>;

/** Families of actions, as people choose among them. */
export const ACTIONS = ['issue', 'claim', 'write', 'repository', 'agent', 'token', 'lane', 'operator', 'sync'] as const;
export const ACTOR_KINDS = ['agent', 'operator', 'github', 'clock'] as const;

/** Only what is there, and nothing else from the address. */
export function readFilter(query: { get(name: string): string | null }): AuditFilter {
  const given = FIELDS.map((field) => [field, query.get(field)?.trim() ?? ''] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

export function filterQueryOf(filter: AuditFilter): string {
  const pairs = FIELDS.flatMap((field) => (filter[field] ? [`${field}=${encodeURIComponent(filter[field])}`] : []));
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** A day of the date fields as the moment the API wants: its begin in UTC, or with `end` that of the next day. */
export function moment(day: string | undefined, end = false): string | undefined {
  if (!day || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return undefined;
  if (end) at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString();
}

/** The filter as the API's parameters. */
export function apiQuery(filter: AuditFilter): Record<string, string> {
  const { since, until, ...rest } = filter;
  const moments = { since: moment(since), until: moment(until, true) };
  return Object.fromEntries(Object.entries({ ...rest, ...moments }).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** `before` of the `Link` header that leads to older events, if there are any. */
export function olderThan(link: string | null): string | null {
  return /[?&]before=(\d+)>; rel="next"/.exec(link ?? '')?.[1] ?? null;
}
