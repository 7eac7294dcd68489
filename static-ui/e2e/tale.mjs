// What the toy tells of one issue: its text, the attempts at it, its story. And the same as somebody hostile would write it.

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

const BODY = (repo) => `<!-- Thank you for the report! -->
## What happens

The lease of an agent ends **while its tests run**, and another agent starts anew. Seen in \`${repo}\`, see #12 and octo-org/web#7.

1. Start an agent with a long test run
2. Wait fifteen minutes
3. See two pull requests for one issue

\`\`\`rust
let lease = claim.renew(fence, Duration::from_secs(900))?;
\`\`\`

| version | works |
|---|---|
| 2.3 | yes |
| 2.4 | ~~maybe~~ no |

- [x] reproduced on Linux
- [ ] reproduced on Windows

> It used to work &mdash; before the queue was rewritten.

![The queue is full](https://example.com/queue.png)
`;

const EVIL = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
const EVIL_BODY = `${EVIL}

[click](javascript:window.pwned=1) [again](  JaVaScRiPt:window.pwned=1) ![p](javascript:window.pwned=1) <javascript:window.pwned=1>

<svg/onload=window.pwned=1> <iframe srcdoc="<script>parent.pwned=1</script>"></iframe> <a href="javascript:window.pwned=1">x</a>
<details open ontoggle=window.pwned=1><summary>s</summary></details> <style>*{display:none}</style> <base href="https://evil.example/">

\`<b>code</b>\` [data](data:text/html,<script>window.pwned=1</script>) &lt;script&gt;window.pwned=1&lt;/script&gt;

${'> '.repeat(400)}deep ${'['.repeat(2000)}
`;

/** Names and titles as an attacker would choose them. */
export function disguise(cards) {
  for (const card of cards) {
    card.title = `${EVIL} ${card.title}`;
    card.labels = [...card.labels, EVIL, '"><svg onload=window.pwned=1>'];
    card.owner = EVIL;
    card.lane = EVIL;
    if (card.claim) card.claim.phase = card.claim.agentName = EVIL;
    if (card.blocked) card.blocked.reason = EVIL;
    card.problems = [EVIL];
    for (const pull of card.pullRequests) Object.assign(pull, { title: EVIL, failingChecks: [EVIL], checks: 'failed' });
  }
}

/** @returns {import('../src/api/types').IssueDetail} */
export function detail(card, hostile) {
  const text = (plain) => (hostile ? EVIL : plain);
  const claim = (part) => ({
    issueId: card.issueId, issueNumber: card.issueNumber, repoFullName: card.repoFullName, kind: 'implement', lane: card.lane, state: 'ended', fence: 12,
    attempt: 1, phase: 'testing', checkpoint: null, checkpointAt: null, branch: null, headSha: null, startHeadSha: null, note: null, evidence: null, model: null,
    outcome: null, summary: null, pullRequestNumber: null, pullRequestUrl: null, tokensIn: null, tokensOut: null, costUsd: null, endReason: null, endedAt: null,
    ...part,
  });
  const claims = card.status === 'backlog' ? [] : [
    claim({ id: '9', agentName: card.agent ?? 'alpha', fence: 13, attempt: 2, acquiredAt: ago(95), renewedAt: ago(61), expiresAt: ago(46), endedAt: ago(60), endReason: 'completed', outcome: 'pr_opened', summary: text('Renewed the lease from the test runner’s own loop; two tests prove it.'), model: 'model-large', tokensIn: 812_400, tokensOut: 41_200, costUsd: 3.18, branch: text('agent/alpha/199'), pullRequestNumber: card.issueNumber + 400, pullRequestUrl: hostile ? 'javascript:window.pwned=1' : `https://github.com/${card.repoFullName}/pull/${card.issueNumber + 400}` }),
    claim({ id: '7', agentName: 'bravo', acquiredAt: ago(180), renewedAt: ago(150), expiresAt: ago(135), endedAt: ago(134), endReason: 'expired', note: text('The failing test is lease::renewed_late; the clock is read twice.'), checkpointAt: ago(150), checkpoint: { files: ['src/lease.rs'], next: 'read the clock once' }, tokensIn: 201_000, tokensOut: 9_800, costUsd: 0.74 }),
  ];
  return {
    ...card, body: hostile ? EVIL_BODY : BODY(card.repoFullName), author: text('ana'), authorAssociation: 'MEMBER', assignees: [text('dan-lee')], createdAt: ago(9000),
    closedAt: card.state === 'closed' ? ago(40) : null, stateReason: card.state === 'closed' ? 'completed' : null, seenAt: ago(2), rereadWanted: false, textSha256: 'ab'.repeat(32),
    work: { attemptsWithoutProgress: 1, quarantinedAt: null, snoozedUntil: null, hiddenAgent: null, hiddenUntil: null }, claims,
  };
}

/** @returns {import('../src/api/types').TimelineEntry[]} */
export function story(card, hostile) {
  const entry = (id, minutes, what, part) => ({ id, at: ago(minutes), what, actorKind: 'github', actor: null, correlationIds: [], success: true, message: null, before: null, after: null, ...part });
  const one = ['72d3162e-cc78-11e3-81ab-4c9367dc0958'];
  const two = ['9f0c2a7b51de4c0e'];
  return [
    entry('write-8-settled', 58, 'write.applied', { correlationIds: two, after: { mutation: '8', attempts: 1, desired: { status: 'in-review' } } }),
    entry('audit-15', 59, 'write.planned', { correlationIds: two, actorKind: 'clock', actor: 'writer', after: { mutation: 8, add: ['status/in-review'], remove: ['status/in-progress'] } }),
    entry('write-8-wanted', 60, 'write.wanted', { correlationIds: two, actorKind: null, after: { mutation: '8', state: 'applied', desired: { status: 'in-review' } } }),
    entry('audit-14', 60, 'claim.ended', { correlationIds: two, actorKind: 'agent', actor: card.agent ?? 'alpha', before: { state: 'active' }, after: { state: 'ended', outcome: 'pr_opened' }, message: hostile ? EVIL : null }),
    entry('report-3', 130, 'claim.report_refused', { actorKind: 'agent', actor: 'bravo', success: false, message: 'It came too late: the claim was no longer held under this fence.' }),
    entry('write-5-settled', 199, 'write.applied', { correlationIds: one, after: { mutation: '5', attempts: 1, desired: { status: 'ready' } } }),
    entry('write-5-wanted', 200, 'write.wanted', { correlationIds: one, actorKind: null, after: { mutation: '5', state: 'applied', desired: { status: 'ready' } } }),
    entry('audit-9', 200, 'issue.changed', { correlationIds: one, actor: 'ana', before: { status: 'backlog', labels: ['bug'] }, after: { status: 'ready', labels: ['bug', 'status/ready', 'status/backlog'] } }),
    entry('delivery-1', 200, 'delivery.applied', { correlationIds: one, after: { event: 'issues', action: 'labeled', pullRequest: null } }),
  ];
}

/** @returns {import('../src/api/types').Explanation} */
export function explanation(card) {
  const gate = (code, passed, message, part = {}) => ({ code, passed, message, remedy: null, retryAt: null, ...part });
  const ready = card.status === 'ready';
  const gates = [
    gate('repository_enabled', true, `${card.repoFullName} is tracked.`),
    gate('repository_writable', true, 'The repository is not archived.'),
    gate('status', ready, ready ? 'Its status is ready.' : `Its status is ${card.status}, not ready.`, ready ? {} : { remedy: 'Move it to Ready.' }),
    gate('dependencies', card.blockedBy === 0, card.blockedBy === 0 ? 'It waits for nothing.' : 'It waits for octo-org/api#12, which is open.', { remedy: card.blockedBy === 0 ? null : 'Finish what it waits for.' }),
    gate('quarantine', card.hold?.code !== 'quarantined', card.hold?.code === 'quarantined' ? 'Three attempts led to nothing.' : 'It is not quarantined.'),
    gate('claim', !card.claim, card.claim ? `${card.claim.agentName} holds it.` : 'Nobody holds it.', card.claim ? { retryAt: card.claim.expiresAt } : {}),
  ];
  return {
    issue: card, agentName: null, now: ago(0), cycle: card.cycle, unblocks: [],
    waitsFor: card.blockedBy === 0 ? [] : [{ issueId: '12', repoFullName: 'octo-org/api', issueNumber: 12, title: 'Read the clock once', relation: 'blocked_by', source: 'native', open: true }],
    work: card.status === 'done' ? [] : [{
      kind: 'implement', lane: card.lane, claimable: gates.every(({ passed }) => passed), claimableAt: null, gates,
      rank: { key: card.readySince ?? card.updatedAt, readySince: card.readySince, priority: card.priority, unblocks: card.unblocks, ahead: ready ? 3 : 0, firstAhead: [] },
    }],
  };
}
