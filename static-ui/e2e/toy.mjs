// A toy board in memory: a double of the network for UI tests, with the API's shapes and none of its rules' depth.
import { detail, disguise, explanation, story } from './tale.mjs';

const TITLES = { backlog: 'Backlog', ready: 'Ready', 'in-progress': 'In Progress', 'in-review': 'In Review', blocked: 'Blocked', done: 'Done' };
const SHARES = { backlog: 38, ready: 26, 'in-progress': 12, 'in-review': 14, blocked: 7, done: 23 };
const REPOS = ['octo-org/api', 'octo-org/web', 'octo-org/infra', 'octo-org/docs'];
const VERBS = ['Fix', 'Speed up', 'Document', 'Retry', 'Refactor', 'Test', 'Remove', 'Investigate'];
const THINGS = ['token refresh', 'the webhook retry', 'label sync', 'the rate limiter', 'cold start', 'the search index', 'the agent lease', 'issue import'];
const PLACES = ['on Windows runners', 'for archived repositories', 'under heavy load', 'after a restart', 'in the nightly job', 'for forks'];
const PEOPLE = ['ana', 'bob', 'carol', 'dan-lee', 'eve'];
const AGENTS = ['alpha', 'bravo', 'codex-1', 'swift-otter'];
const EXTRA = ['performance', 'security', 'good first issue', 'docs', 'api', 'help wanted'];

/** A dice that always falls the same way. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
const inMinutes = (minutes) => ago(-minutes);

/** @param {Record<string, any>} options `cards` (scale), `authMode`, `signedIn`, `refuse` {issueId: message}, `empty`, `boardFails` */
export function makeToy(options = {}) {
  const roll = dice(7);
  /** @type {Map<string, import('../src/api/types').Card>} */
  const cards = new Map();
  /** @type {{seq: number, issueId: string}[]} */
  const feed = [];
  let mutation = 100;
  /** @type {import('../src/api/types').BoardRepository[]} */
  const repositories = REPOS.map((fullName, i) => ({ fullName, enabled: true, archived: false, lastSyncedAt: ago(i + 1), lastError: null }));
  const plain = { wipLimit: null, reviewLimit: null, excludedLabels: [], intake: null, claimed: 1, inReview: 0 };
  /** @type {import('../src/api/types').AutomationRepository[]} */
  const tracked = REPOS.map((fullName, i) => ({
    fullName,
    defaultBranch: 'main',
    latestCommitSha: '0123456789abcdef0123456789abcdef0123456'.slice(i) + 'abcd'.slice(0, i + 1),
    openPRCount: 3 - i,
    lastSyncedAt: ago(i + 1),
    syncError: null,
    source: i < 3 ? 'env' : 'user',
    ...(i === 0 ? { ...plain, wipLimit: 5, reviewLimit: 3, excludedLabels: ['no-agents'], claimed: 2, inReview: 1 } : plain),
  }));

  let number = 200;
  for (const [status, share] of Object.entries(SHARES)) {
    for (let i = 0; i < Math.round(share * (options.cards ?? 1)); i += 1) add(status, (number -= 1), i);
  }
  if (options.hostile) disguise([...cards.values()]);
  if (options.empty) cards.clear();
  if (options.empty === 'untracked') repositories.length = tracked.length = 0;

  /** What the pull request of the i-th card has to say. */
  function facts(i) {
    const failing = [['lint', 'test (windows)'], ['build'], [], [], []][i % 5];
    return {
      mergeable: i % 7 !== 3,
      reviewDecision: [null, 'approved', 'changes_requested', null][i % 4],
      checks: failing.length > 0 ? 'failed' : ['passed', 'pending'][i % 2],
      failingChecks: failing,
      evidence: failing.length,
      fixOffered: failing.length > 0,
    };
  }

  function add(status, issueNumber, i) {
    const repoFullName = REPOS[roll(4)];
    const priority = ['p0', 'p1', 'p2', null, null][roll(5)];
    const owner = roll(3) ? PEOPLE[roll(5)] : null;
    const type = ['bug', 'feature', null, null][roll(4)];
    const agent = status === 'in-progress' || status === 'in-review' ? AGENTS[roll(4)] : null;
    const lane = roll(6) ? 'default' : 'cheap';
    const extra = EXTRA.filter(() => roll(4) === 0).slice(0, 3);
    const own = { status, priority, owner, type, agent };
    const labels = [...Object.entries(own).filter(([, value]) => value).map(([space, value]) => `${space}/${value}`), ...extra];
    const url = `https://github.com/${repoFullName}/issues/${issueNumber}`;
    const pull = issueNumber + 400;
    const pulls = status === 'in-review' || (status === 'done' && roll(2)) ? [{ number: pull, url: url.replace(/issues.*/, `pull/${pull}`), title: `${VERBS[pull % 8]} it`, state: status === 'done' ? 'merged' : 'open', draft: roll(5) === 0, ...facts(i) }] : [];
    const issueId = String(41_000 + issueNumber);
    cards.set(issueId, {
      issueId,
      repoFullName,
      issueNumber,
      title: `${VERBS[roll(8)]} ${THINGS[roll(8)]} ${PLACES[roll(6)]}${roll(4) ? '' : ' when the queue is full'}`,
      url,
      state: status === 'done' ? 'closed' : 'open',
      status,
      priority,
      type,
      owner,
      agent,
      lane,
      labels,
      comments: roll(3) ? roll(9) : 0,
      createdAt: ago(5000 + i * 91),
      updatedAt: ago(2 + i * 37 + roll(30)),
      statusSince: ago(status === 'in-progress' ? 4 + i : 30 + i * 50),
      readySince: status === 'ready' ? ago(30 + i * 50) : null,
      claim: status === 'in-progress' && i !== 5 ? { id: String(900 + i), agentName: agent ?? '', acquiredAt: ago(4 + i), expiresAt: inMinutes(i === 4 ? -2 : 11 - i), phase: ['coding', 'testing', 'reading', null][i % 4], attempt: i === 3 ? 2 : 1 } : null,
      pending: null,
      blocked: status === 'blocked' ? [{ kind: 'needs_input', reason: 'Which of the two formats should the export use?' }, { kind: 'waiting', reason: 'Waiting for the 2.4 release of the client' }, { kind: 'infrastructure', reason: 'The staging database is full' }][i % 3] : null,
      attention: status === 'in-review' && i === 1 ? ['no_change'] : status === 'blocked' && i % 3 === 0 ? ['needs_input'] : [],
      problems: status === 'backlog' && i === 2 ? ['two status labels: status/ready, status/done'] : [],
      hold: status === 'ready' && i === 3 ? { code: 'quarantined', message: 'three attempts without progress; an operator has to release it' } : status === 'ready' && i === 6 ? { code: 'dependency', message: 'blocked by octo-org/api#12' } : status === 'in-progress' && i === 5 ? { code: 'unclaimed', message: 'No agent holds it. If no person works on it, move it to ready.' } : null,
      pullRequests: pulls,
      blockedBy: status === 'ready' && i === 6 ? 1 : 0,
      unblocks: status === 'ready' && i % 4 === 1 ? i : 0,
      cycle: status === 'backlog' && i === 4 ? [`${repoFullName}#${issueNumber}`, 'octo-org/api#12'] : [],
    });
  }

  const showcase = [...cards.values()];
  const review = showcase.filter((card) => card.status === 'in-review')[3];
  if (review && options.showcase) {
    review.pending = { mutationId: '77', state: 'parked', since: ago(6), attempts: 5, retryAt: null, error: 'GitHub says the repository is archived (403)', toStatus: 'in-review' };
    review.attention = ['write_failed', 'contested'];
    const working = showcase.filter((card) => card.status === 'in-progress')[0];
    working.pending = { mutationId: '78', state: 'leased', since: ago(0.4), attempts: 2, retryAt: null, error: null, toStatus: 'in-progress' };
  }

  function changed(issueId) {
    feed.push({ seq: feed.length + 1, issueId });
  }

  /** @type {import('../src/api/types').AuditEvent[]} */
  const audit = [];
  /** @param {string | null} errorMessage */
  function record(card, before, success, errorMessage = null) {
    audit.unshift({
      id: String(audit.length + 1), at: ago(0), actor: 'operator', actorKind: 'operator', action: 'issue.move', repoFullName: card.repoFullName,
      issueNumber: card.issueNumber, issueId: card.issueId, beforeLabels: before, afterLabels: card.labels, before: null, after: null,
      success, errorMessage, notes: null, correlationId: null,
    });
  }
  if (!options.empty) {
    const card = showcase[40];
    record(card, card.labels.filter((label) => !label.startsWith('status/')).concat('status/backlog'), true);
    record(showcase[50], showcase[50].labels, false, 'A closed issue does not move: reopen it on GitHub.');
    audit[0].at = ago(12);
    audit[1].at = ago(90);
    audit.push({ ...audit[1], id: '90', action: 'claim.acquired', actor: 'alpha', actorKind: 'agent', beforeLabels: null, afterLabels: null, before: { state: 'open' }, after: { state: 'active', fence: 12 } });
  }

  return {
    options,
    tracked,
    audit,
    /** Every move that was asked for, as it came. @type {any[]} */
    moves: [],
    /** Every other change that was asked for. @type {any[]} */
    edits: [],
    signedIn: options.signedIn !== false,

    /** @returns {import('../src/api/types').Lane[]} */
    lanes() {
      const held = (name) => [...cards.values()].filter((card) => card.claim && card.lane === name).length;
      const lane = (name, part) => ({ name, description: '', claimable: true, role: null, paused: false, wipLimit: null, defaultAgent: null, colour: null, offered: 0, claimed: held(name), ...part });
      return [lane('default', { role: 'default', wipLimit: 12 }), lane('cheap', { wipLimit: 3 })];
    },

    /** @returns {import('../src/api/types').Board} */
    board() {
      const titles = /** @type {[import('../src/api/types').Board['columns'][number]['status'], string][]} */ (Object.entries(TITLES));
      const columns = titles.map(([status, title]) => {
        const own = [...cards.values()].filter((card) => card.status === status);
        return { status, title, count: own.length, cards: own };
      });
      return { cursor: String(feed.length), generatedAt: ago(0), columns, repositories, truncated: false };
    },

    /** @returns {import('../src/api/types').Changes} */
    changes(after) {
      const seq = Number(after);
      if (!Number.isInteger(seq) || seq > feed.length) return { resync: true, cursor: String(feed.length) };
      const ids = [...new Set(feed.slice(seq).map((row) => row.issueId))];
      const present = ids.filter((id) => cards.has(id));
      return { cursor: String(feed.length), cards: present.flatMap((id) => cards.get(id) ?? []), removed: ids.filter((id) => !cards.has(id)), repositories: null };
    },

    /** @returns {import('../src/api/types').Card[]} */
    find(repo, number) {
      return [...cards.values()].filter((card) => card.repoFullName.toLowerCase() === repo.toLowerCase() && card.issueNumber === number);
    },

    /** @returns {import('../src/api/types').IssueDetail | undefined} */
    issue(id) {
      const card = cards.get(id);
      return card && detail(card, options.hostile);
    },

    /** @returns {import('../src/api/types').Explanation | undefined} */
    explain(id) {
      const card = cards.get(id);
      return card && explanation(card);
    },

    timeline(id) {
      const card = cards.get(id);
      return card && { entries: story(card, options.hostile), next: null };
    },

    /** @returns {[number, any]} */
    move({ issueId, status, reason }) {
      const card = cards.get(String(issueId));
      this.moves.push({ issueId, status, reason });
      if (!card) return [404, { error: 'issue_unknown', message: 'This issue is not known here. Sync its repository first.', details: {} }];
      const refusal = options.refuse?.[card.issueId];
      if (refusal) {
        record(card, card.labels, false, refusal);
        return [409, { error: 'transition_refused', message: refusal, details: {} }];
      }
      if (status === 'blocked' && !reason) return [422, { error: 'reason_required', message: 'A blocked card needs a reason.', details: {} }];
      const before = card.labels;
      mutation += 1;
      const next = {
        ...card,
        status,
        statusSince: ago(0),
        labels: [`status/${status}`, ...card.labels.filter((label) => !label.startsWith('status/'))],
        updatedAt: ago(0),
        blocked: status === 'blocked' ? { kind: 'needs_input', reason } : null,
        pending: { mutationId: String(mutation), state: 'pending', since: ago(0), attempts: 0, retryAt: null, error: null, toStatus: status },
      };
      cards.set(card.issueId, next);
      record(next, before, true);
      changed(card.issueId);
      return [200, { success: true, issue: next, ignored: [], mutationId: String(mutation) }];
    },

    /** @returns {[number, any]} */
    edit(id, what, value) {
      const card = cards.get(id);
      this.edits.push({ issueId: id, what, value });
      if (!card) return [404, { error: 'issue_unknown', message: 'This issue is not known here.', details: {} }];
      if (options.refuse?.[id]) return [409, { error: 'conflict', message: options.refuse[id], details: {} }];
      mutation += 1;
      const kept = card.labels.filter((label) => !label.startsWith(`${what}/`));
      const pending = { mutationId: String(mutation), state: 'pending', since: ago(0), attempts: 0, retryAt: null, error: null, toStatus: null };
      const next = { ...card, [what]: value ?? (what === 'lane' ? 'default' : null), labels: value ? [...kept, `${what}/${value}`] : kept, updatedAt: ago(0), pending };
      cards.set(id, next);
      changed(id);
      return [200, { success: true, issue: next, ignored: [], mutationId: String(mutation) }];
    },

    retry(id) {
      for (const card of cards.values()) {
        const { pending } = card;
        if (!pending || pending.mutationId !== id) continue;
        cards.set(card.issueId, { ...card, attention: [], pending: { ...pending, state: 'pending', error: null, since: ago(0) } });
        changed(card.issueId);
        return true;
      }
      return false;
    },

    /** GitHub confirmed, or refused for good, or a person chose otherwise. */
    /** A claim ends by an operator's hand; which one is told by the issue or by the claim. */
    end(id, agent) {
      const card = cards.get(id) ?? [...cards.values()].find(({ claim }) => claim?.id === id);
      if (!card?.claim) return false;
      this.settle(card.issueId, { status: 'ready', claim: null, agent: agent ?? null });
      return true;
    },
    settle(issueId, patch) {
      cards.set(issueId, { ...cards.get(issueId), pending: null, ...patch });
      changed(issueId);
    },

    /** @returns {import('../src/api/types').AgentRun[]} */
    runs() {
      if (options.empty) return [];
      return [
        { id: '3', agentName: 'alpha', runType: 'implement', status: 'running', startedAt: ago(9), finishedAt: null, summary: null, errorMessage: null, touchedIssueUrls: [] },
        { id: '2', agentName: 'bravo', runType: 'fix', status: 'succeeded', startedAt: ago(80), finishedAt: ago(61), summary: 'Answered two review comments and repaired the flaky lease test.', errorMessage: null, touchedIssueUrls: ['https://github.com/octo-org/api/issues/188'] },
        { id: '1', agentName: 'codex-1', runType: 'implement', status: 'failed', startedAt: ago(300), finishedAt: ago(285), summary: null, errorMessage: 'The build needs a newer compiler than the runner has.', touchedIssueUrls: ['https://github.com/octo-org/web/issues/140'] },
      ];
    },
  };
}
