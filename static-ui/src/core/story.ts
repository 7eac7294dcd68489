// The timeline as stories: what led to what. Entries that share a correlation belong together.
import type { TimelineEntry } from '../api/types';
import { labelChange, stateChange } from './audit';
import { inWords } from './notes';

/** Things that led to each other, the cause first. */
export interface Story {
  /** The same as long as its cause is the same. */
  id: string;
  /** What it is known by in logs and in the audit trail; empty if the entry stands alone. */
  correlation: string;
  entries: TimelineEntry[];
}

/** Groups a timeline (newest first, effects before causes) into stories, the one with the newest entry first. */
export function storiesOf(timeline: readonly TimelineEntry[]): Story[] {
  const parent = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(id, root);
    return root;
  };
  for (const { id, correlationIds } of timeline) {
    const own = `entry ${id}`;
    parent.set(own, own);
    for (const correlation of correlationIds) {
      if (!parent.has(correlation)) parent.set(correlation, correlation);
      parent.set(rootOf(correlation), rootOf(own));
    }
  }
  const groups = new Map<string, TimelineEntry[]>();
  for (const entry of timeline) {
    const root = rootOf(`entry ${entry.id}`);
    const group = groups.get(root);
    if (group) group.push(entry);
    else groups.set(root, [entry]);
  }
  return [...groups.values()].map((newestFirst) => {
    const entries = newestFirst.reverse();
    const cause = entries[0]!;
    return { id: cause.id, correlation: entries.length > 1 ? (cause.correlationIds[0] ?? entries.at(-1)!.correlationIds[0] ?? '') : '', entries };
  });
}

const WORDS: Record<string, string> = {
  'issue.seen': 'seen for the first time',
  'issue.changed': 'changed on GitHub',
  'issue.moved': 'moved',
  'issue.gone': 'gone from GitHub',
  'claim.granted': 'claimed',
  'claim.ended': 'claim ended',
  'claim.revived': 'claim taken up again',
  'claim.checkpoint': 'checkpoint',
  'claim.report_refused': 'late report refused',
  'comment.wanted': 'comment wanted',
  'comment.applied': 'comment written on GitHub',
  'comment.superseded': 'comment not needed any more',
  'write.wanted': 'label change wanted',
  'write.planned': 'label change planned',
  'write.applied': 'labels written to GitHub',
  'write.superseded': 'label change given up: GitHub says otherwise',
  'write.parked': 'label change failed',
  'write.retried': 'label change tried again',
};

/** What happened, in words. */
export function whatOf({ what, after }: TimelineEntry): string {
  if (what.startsWith('delivery.')) {
    const { event, action } = record(after);
    const name = [event, action].filter(Boolean).join('.');
    const outcome = what.slice('delivery.'.length);
    return `webhook ${name}${outcome === 'applied' ? '' : ` ${inWords(outcome).toLowerCase()}`}`;
  }
  return WORDS[what] ?? what.replace(/[._]+/g, ' ');
}

/** Who did it: a name, GitHub, the clock, or nobody for what follows by itself. */
export function whoOf({ actor, actorKind }: TimelineEntry): string {
  if (actor) return actor;
  if (actorKind === 'github') return 'GitHub';
  return actorKind === 'clock' ? 'Dispatch' : '';
}

/** What it changed, in one line. */
export function changeOf({ what, before, after }: TimelineEntry): string {
  if (what.startsWith('delivery.')) return '';
  if (what.startsWith('write.')) return writeOf(record(after));
  if (what === 'claim.checkpoint') return checkpointOf(record(after));
  const { added, removed } = labelChange(textsIn(before, 'labels'), textsIn(after, 'labels'));
  return changed(added, removed) || stateChange(before, after);
}

function checkpointOf({ phase, branch, headSha }: Record<string, unknown>): string {
  const commit = typeof headSha === 'string' ? headSha.slice(0, 10) : null;
  return [phase, branch, commit].filter((fact) => typeof fact === 'string').join(' · ');
}

function writeOf(write: Record<string, unknown>): string {
  const planned = changed(textsIn(write, 'add') ?? [], textsIn(write, 'remove') ?? []);
  if (planned) return planned;
  const wanted = Object.entries(record(write.desired));
  return wanted.map(([family, value]) => (typeof value === 'string' ? `${family}/${value}` : `no ${family}/*`)).join(', ');
}

function changed(added: readonly string[], removed: readonly string[]): string {
  return [...added.map((label) => `+ ${label}`), ...removed.map((label) => `− ${label}`)].join(', ');
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textsIn(value: unknown, key: string): string[] | null {
  const texts = record(value)[key];
  return Array.isArray(texts) && texts.every((text) => typeof text === 'string') ? texts : null;
}
