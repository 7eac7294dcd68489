// Text that others wrote is text, all the way from GitHub and from agents through the real stack: see stack.ts.
import { type Page } from '@playwright/test';
import { BODY, MARKUP, isHarmless } from './hostile';
import { card, expect, test } from './scene';
import { SOON_MS, find, idOf, onGitHub, open, someRepository, stack, unique } from './stack';

test.beforeAll(() => void stack());

/** A slash ends a label's family, a space and a colon no branch's name has. */
const NAME = MARKUP.replaceAll('/', '');
const BRANCH = '<img(src=x)onerror="window.owned=1">';

/** As the API sees it from one of our pages, or from an agent. */
async function ask<T>(page: Page, path: string, data: object, token?: string): Promise<T> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : { origin: stack() };
  const answer = await page.request.post(path, { headers, data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

test('whatever people on GitHub and agents write is shown and does no harm', async ({ page }) => {
  test.slow();
  const word = unique();
  const agent = word.replace(' ', '-');
  await open(page, '/board');
  const repo = await someRepository(page.request);
  const eve = (change: object) => onGitHub(page.request, 'act', { actor: 'eve', repo, ...change });
  const number = async (title: string) => {
    const id = await idOf(page.request, title);
    const { issueNumber } = (await (await page.request.get(`/api/issues/${id}`)).json()) as { issueNumber: number };
    return { id, number: issueNumber };
  };

  // On GitHub: an issue, its labels, a comment, and a pull request with its branch, checks and reviews.
  const labels = ['status/ready', `lane/${agent}`, '<svg onload=window.owned=1>', `owner/<b onclick=window.owned=1>`, `type/${NAME.slice(0, 40)}`];
  await eve({ action: 'open_issue', title: `${word} ${MARKUP}`, body: BODY, labels, assignees: [MARKUP] });
  const issue = await number(word);
  await eve({ action: 'comment', number: issue.number, body: BODY });
  const head = `${BRANCH}${agent}`;
  await eve({ action: 'push', branch: head });
  await eve({ action: 'open_pull', title: `pull of ${word} ${MARKUP}`, body: `Fixes #${issue.number}\n\n${BODY}`, head });
  let pull = 0;
  await expect(async () => {
    const { pullRequests } = (await (await page.request.get(`/api/issues/${issue.id}`)).json()) as { pullRequests: { number: number }[] };
    expect(pullRequests).toHaveLength(1);
    pull = pullRequests[0]!.number;
  }).toPass({ timeout: SOON_MS });
  await eve({ action: 'start_check', number: pull, name: MARKUP });
  await eve({ action: 'check', number: pull, name: MARKUP, conclusion: 'failure' });
  await eve({ action: 'status', number: pull, context: `status ${MARKUP}`, state: 'failure' });
  await eve({ actor: 'mallory', action: 'review', number: pull, verdict: 'request_changes', body: MARKUP, comments: [{ path: MARKUP, line: 1, body: BODY }] });

  // By an agent: what it notes, reports and gives as reasons. Names that are no names do not get in at all.
  for (const [path, data] of [
    ['/api/agents', { name: MARKUP }],
    ['/api/lanes', { name: MARKUP }],
    ['/api/lanes', { name: `${agent}-2`, colour: MARKUP }],
    ['/api/automation/repos', { fullName: `octo-demo/${MARKUP}` }],
  ] as const) {
    const answer = await page.request.post(path, { headers: { origin: stack() }, data });
    expect(answer.status(), `${path}: ${await answer.text()}`).toBe(400);
  }
  await ask(page, '/api/agents', { name: agent, description: MARKUP });
  const { secret: token } = await ask<{ secret: string }>(page, `/api/agents/${agent}/tokens`, { tier: 'agent', description: MARKUP });
  const claims = async () => {
    const answer = await ask<{ claim: { id: string; fence: number } }>(page, '/api/claims', { issueId: issue.id }, token);
    expect(answer.claim, JSON.stringify(answer)).not.toBeNull();
    const { claim } = answer;
    return (verb: string, more: object) => ask(page, `/api/claims/${claim.id}/${verb}`, { fence: claim.fence, ...more }, token);
  };
  let say = await claims();
  await say('checkpoint', { phase: 'coding', note: MARKUP, data: { [MARKUP]: MARKUP }, branch: MARKUP, headSha: MARKUP.slice(0, 60) });
  await say('block', { kind: 'needs_input', reason: MARKUP });
  await ask(page, '/api/agent-runs', { agentName: agent, runType: MARKUP.slice(0, 60), status: MARKUP.slice(0, 60), summary: MARKUP, issueId: issue.id }, token);
  await ask(page, '/api/issues/move', { issueId: issue.id, status: 'ready' });
  say = await claims();
  await say('complete', { outcome: 'no_change_needed', summary: MARKUP, evidence: MARKUP, model: MARKUP.slice(0, 60) });
  await ask(page, '/api/issues/move', { issueId: issue.id, status: 'ready' });
  say = await claims();
  await say('checkpoint', { note: MARKUP });
  await say('release', { reason: MARKUP });
  await ask(page, '/api/issues/move', { issueId: issue.id, status: 'blocked', reason: MARKUP });

  // It is all there to be read, and nothing of it is anything but text.
  await find(page, word);
  await expect(card(page, issue.id)).toContainText('<img src=x', { timeout: SOON_MS });
  await isHarmless(page, 'board');
  await card(page, issue.id).locator('.num').click();
  await expect(page.getByRole('dialog')).toContainText('<svg onload=');
  await isHarmless(page, 'details');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.locator('dialog [role=combobox]').fill(word);
  await expect(page.locator('dialog [role=option]', { hasText: '<img src=x' }).first()).toBeVisible();
  await isHarmless(page, 'palette');
  await page.keyboard.press('Escape');
  await card(page, issue.id).locator('h3 a').click();
  await expect(page.locator('.markdown')).toContainText('click me');
  for (const text of [`pull of ${word} <img src=x`, `status <img src=x`, '<svg onload=', 'no change needed']) {
    await expect(page.locator('main'), text).toContainText(text, { ignoreCase: true });
  }
  const texts = await page.locator('main').innerText();
  expect(texts.split('<img src=x').length, 'on the page of the issue').toBeGreaterThan(8);
  await isHarmless(page, 'issue');
  const pages = ['/overview', '/attention', '/projects', '/agents', `/agents?agent=${agent}`, '/lanes', '/health', '/automation', '/audit', `/audit?issueId=${issue.id}`];
  for (const path of pages) {
    await page.goto(path);
    await expect(page.locator('main h1')).toBeVisible();
    await expect(page.locator('.state.loading')).toHaveCount(0);
    await isHarmless(page, path);
  }
  await page.goto('/agents');
  await page.getByRole('button', { name: `Tokens of ${agent}` }).click();
  await expect(page.getByRole('dialog')).toContainText('<img src=x');
  await isHarmless(page, 'tokens');
});
