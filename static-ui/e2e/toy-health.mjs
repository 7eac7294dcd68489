// The toy's health, webhooks and runs of sync.

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

/** @returns {import('../src/api/types').Webhook} */
function webhook(repo, more) {
  return {
    repo, state: 'ok', problems: [], url: 'https://dispatch.example.com/webhooks/github', events: ['issues', 'label'], active: true, hasSecret: true, lastCode: 202,
    lastSuccessAt: ago(1), checkedAt: ago(4), repairWanted: false, comparedUntil: ago(3), missingDeliveries: 0, ...more,
  };
}

export function makeHealth(toy) {
  const webhooks = [
    webhook('octo-org/api'),
    webhook('octo-org/web', { state: 'wrong', problems: ['Its secret is another one: deliveries are refused. Repair it, or set GITHUB_WEBHOOK_SECRET.'], lastCode: 401, missingDeliveries: 3 }),
    webhook('octo-org/infra', { state: 'absent', problems: ['There is no webhook: the board follows by sync alone.'], url: null, active: false, lastCode: null, lastSuccessAt: null }),
  ];

  /** Status and answer, or undefined where it is not one of these. */
  return function answer(method, path, data) {
    if (method === 'GET' && path === '/api/health/details') return [200, details(webhooks)];
    if (method === 'GET' && path === '/api/webhooks') return [200, webhooks];
    if (method === 'GET' && path === '/api/sync/runs') return [200, toy.options.runs ?? []];
    if (method === 'POST' && path === '/api/webhooks/repair') {
      for (const hook of webhooks) if (!data.repo || hook.repo === data.repo) Object.assign(hook, webhook(hook.repo));
      return [200, webhooks];
    }
    return undefined;
  };
}

/** @returns {import('../src/api/types').HealthDetails} */
function details(webhooks) {
  const job = (name, everySeconds, more = {}) => ({ job: name, everySeconds, startedAt: ago(1), finishedAt: ago(1), succeededAt: ago(1), overdue: false, error: null, counts: /** @type {any} */ ({ writesNudged: 2, runs: 0 }), ...more });
  return {
    now: ago(0), version: '0.1.0', githubAuth: 'app', warnings: ['DISPATCH_AGENT_TOKEN is one token for all agents.'],
    jobs: [job('sweep', 60), job('reconcile', 300, { overdue: true, succeededAt: ago(40), error: 'GitHub did not answer within 10 s' }), job('retention', 86_400)],
    budgets: [{ credential: 'installation 42', limit: 5000, remaining: 310, resetAt: ago(-20), exhaustedAt: ago(-9), pausedUntil: null, pausedBy: null, seenAt: ago(1) }],
    outbox: { waiting: 3, due: 1, parked: 1, oldestSeconds: 40, nextAt: null }, queue: { waiting: 2, beingWritten: 1, delayed: 0 },
    deliveries: { failed: 0, unreadable: 1, missing: 3, oldestMissingSeconds: 600, comparedUntil: ago(3) }, webhooks, repositories: { tracked: 4, inTrouble: 1 },
    feed: { lagSeconds: 0.2, changes: 1200 }, convergence: { settled: 80, medianSeconds: 1.2, p99Seconds: 4.5, writesEach: 2.1 }, drift: [{ cause: 'missed_event', count: 2 }],
    rereadsWanted: 1, claims: { active: 11, expired: 0 },
  };
}
