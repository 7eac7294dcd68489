// What the toy answers on the operators' pages beside the board. Figures are made from its cards, so that they agree.

const STATUSES = ['backlog', 'ready', 'in-progress', 'in-review', 'blocked', 'done'];
const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

/** The answer of a GET, or undefined where it is not one of these pages'. */
export function pageOf(toy, url) {
  const cards = toy.board().columns.flatMap((column) => column.cards);
  if (url.pathname === '/api/projects') return projects(toy, cards);
  if (url.pathname === '/api/overview') return overview(toy, cards, Number(url.searchParams.get('days') ?? 14));
  if (url.pathname === '/api/attention') return attention(toy, cards);
  if (url.pathname === '/api/claims') return claims(cards, url.searchParams.get('agent'));
  return undefined;
}

function claims(cards, agent) {
  const held = cards.filter((card) => card.claim?.agentName === agent).slice(0, 1);
  return held.map(({ claim, issueId, repoFullName, issueNumber, lane }) => ({
    ...claim, fence: 1, state: 'ended', kind: 'implement', lane, issueId, repoFullName, issueNumber, phase: 'done', branch: null, renewedAt: ago(1), note: null,
    checkpoint: null, checkpointAt: null, endedAt: ago(2), endReason: 'completed', outcome: 'pr_opened', pullRequestNumber: 7, pullRequestUrl: null, summary: 'Done.',
    evidence: null, model: null, tokensIn: null, tokensOut: null, costUsd: null, startHeadSha: null, headSha: null,
  }));
}

function count(cards) {
  return Object.fromEntries(STATUSES.map((status) => [status, cards.filter((card) => card.status === status).length]));
}

/** @returns {import('../src/api/types').Project[]} */
function projects(toy, cards) {
  return toy.tracked.map(({ fullName, lastSyncedAt, syncError, openPRCount }) => {
    const own = cards.filter((card) => card.repoFullName === fullName);
    const waiting = own.filter((card) => card.attention.length > 0).length;
    return {
      repoFullName: fullName, archived: false, byStatus: count(own), claims: own.filter((card) => card.claim).length, stale: 0,
      attention: waiting, oldestReadySince: ago(600), openPRCount, lastSyncedAt, syncError,
    };
  });
}

/** @returns {import('../src/api/types').Overview} */
function overview(toy, cards, days) {
  const hourly = days <= 3;
  const slots = hourly ? days * 24 : days;
  const held = cards.filter((card) => card.claim);
  const agents = [...new Set(held.map((card) => card.claim.agentName))].sort();
  const stale = cards.filter((card) => card.status === 'in-progress' && !card.claim);
  return {
    generatedAt: ago(0), since: ago(slots * (hourly ? 60 : 1440)), slot: hourly ? 'hour' : 'day', byStatus: count(cards), unheld: stale.length,
    staleInProgress: stale,
    agents: agents.map((agentName, i) => ({
      agentName, active: held.filter((card) => card.claim.agentName === agentName).length, openIssues: 3 + i, claims: 20 - i, ended: 18 - i, delivered: 15 - 2 * i,
      done: 14 - 2 * i, firstPass: 12 - 2 * i, merged: 13 - 2 * i, failed: i, blocked: 1, expired: i === 1 ? 2 : 0, lastSeenAt: ago(i + 1), claimToPrSeconds: 1500 + 400 * i, prToMergeSeconds: 9000 + 500 * i, tokens: 1_200_000, costUsd: i ? 3.5 : null,
    })),
    recentRuns: toy.runs(), recentEvents: toy.audit,
    series: Array.from({ length: toy.options.empty ? 0 : slots }, (_, i) => ({
      at: ago((slots - i) * (hourly ? 60 : 1440)), done: (i * 7) % 5, doneByAgents: (i * 7) % 5, firstPass: Math.min((i * 7) % 5, (i * 3) % 4), delivered: (i * 5) % 6, expired: i % 6 === 5 ? 2 : 0,
      merged: (i * 3) % 4, claimToPrSeconds: i % 7 === 3 ? null : 1200 + 150 * ((i * 5) % 7), prToMergeSeconds: 7200 + 600 * (i % 5), writes: 40, convergeSeconds: 2 + (i % 4),
      ready: 20 + (i % 8), inProgress: 10, writesWaiting: i % 3, budgetRemaining: 4800 - 90 * (i % 9), budgetLimit: 5000,
    })),
  };
}

/** @returns {import('../src/api/types').Attention} */
function attention(toy, cards) {
  const of = (card, kind, message, action) => ({
    id: `${kind}-${card.issueId}`, kind, since: card.updatedAt, issueId: card.issueId, repoFullName: card.repoFullName, issueNumber: card.issueNumber,
    title: card.title, url: card.url, message, action,
  });
  const ready = (card, label) => ({ label, method: 'POST', path: '/api/issues/move', body: { issueId: card.issueId, status: 'ready' } });
  const asks = cards.filter((card) => card.blocked?.kind === 'needs_input').map((card) => of(card, 'needs_input', card.blocked.reason, ready(card, 'Answered: make ready')));
  const failed = cards
    .filter((card) => card.pending?.state === 'parked')
    .map((card) => of(card, 'write_failed', card.pending.error, { label: 'Retry the write', method: 'POST', path: `/api/mutations/${card.pending.mutationId}/retry`, body: {} }));
  const evil = toy.options.evilAction ? [of(cards[0], 'untrusted', 'Look elsewhere', { label: 'Go', method: 'POST', path: 'https://evil.example/', body: {} })] : [];
  return { generatedAt: ago(0), items: [...asks, ...failed, ...evil], truncated: false };
}
