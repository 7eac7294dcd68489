// Cards for the unit tests of this folder.
import type { Board, Card } from '../api/types';
import { STATUSES, type Status, titleOf } from './status';

export function makeCard(patch: Partial<Card> & { issueId: string }): Card {
  return {
    repoFullName: 'octo-org/api',
    issueNumber: Number(patch.issueId),
    title: `Issue ${patch.issueId}`,
    url: `https://github.com/octo-org/api/issues/${patch.issueId}`,
    state: 'open',
    status: 'ready',
    priority: null,
    type: null,
    owner: null,
    agent: null,
    lane: 'default',
    labels: [],
    comments: 0,
    createdAt: '2026-11-22T08:00:00Z',
    updatedAt: '2026-11-23T08:00:00Z',
    statusSince: '2026-11-23T08:00:00Z',
    readySince: null,
    claim: null,
    pending: null,
    blocked: null,
    blockedBy: 0,
    unblocks: 0,
    cycle: [],
    attention: [],
    problems: [],
    hold: null,
    pullRequests: [],
    ...patch,
  };
}

export function makeBoard(cards: Card[], patch: Partial<Board> = {}): Board {
  const columns = STATUSES.map((status) => {
    const own = cards.filter((card) => card.status === status);
    return { status, title: titleOf(status), count: own.length, cards: own };
  });
  return { cursor: 'c1', generatedAt: '2026-11-23T09:00:00Z', columns, repositories: [], truncated: false, ...patch };
}

export function makeWrite(state: 'pending' | 'leased' | 'parked', toStatus: Status, error: string | null = null): NonNullable<Card['pending']> {
  return { mutationId: '17', state, since: '2026-11-23T09:00:00Z', attempts: 1, retryAt: null, error, toStatus };
}
