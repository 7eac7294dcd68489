// Work in progress: how much is held, and how much may be.
import type { Lane } from '../api/types';

export interface Wip {
  held: number;
  /** How much may be held at the same time; null where something has no limit. */
  limit: number | null;
  /** One line per lane, for the hover text. */
  lanes: string;
}

/** Of one lane, or of all of them together when none is chosen. A limit of all exists only if each lane has one. */
export function wipOf(lanes: readonly Lane[], chosen: string): Wip | null {
  const counted = lanes.filter((lane) => (chosen ? lane.name === chosen.toLowerCase() : lane.claimable));
  if (counted.length === 0) return null;
  const limits = counted.map((lane) => lane.wipLimit ?? null);
  return {
    held: counted.reduce((sum, lane) => sum + lane.claimed, 0),
    limit: limits.every((limit) => limit !== null) ? limits.reduce((sum, limit) => sum + limit, 0) : null,
    lanes: counted.map(line).join('\n'),
  };
}

function line({ name, claimed, wipLimit, paused }: Lane): string {
  const limit = typeof wipLimit === 'number' ? ` of ${wipLimit}` : '';
  return `${name}: ${claimed}${limit} held${paused ? ', paused' : ''}`;
}
