// What operators do beside the board, against the real stack and its simulated GitHub: GITHUB_SIM says where that is.
import { type APIRequestContext, expect, test } from '@playwright/test';

const { BASE_URL, GITHUB_SIM, DISPATCH_AUTH_USERNAME, DISPATCH_AUTH_PASSWORD } = process.env;
const SOON_MS = 30_000;
const REPO = 'octo-demo/journeys';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ request }) => {
  if (!BASE_URL || !GITHUB_SIM) throw new Error('BASE_URL and GITHUB_SIM are not set: give the addresses of a running stack and of its github-sim.');
  await act(request, { action: 'create_repository', repo: REPO });
  for (const title of ['First of the journeys', 'Second of the journeys']) {
    await act(request, { action: 'open_issue', repo: REPO, title, body: 'Written for a test.', labels: ['status/backlog'] });
  }
});

test.beforeEach(async ({ page }) => {
  await page.goto('/overview');
  const signIn = page.getByLabel('User name');
  await expect(page.locator('[data-plot]').first().or(signIn)).toBeVisible({ timeout: SOON_MS });
  if (!(await signIn.isVisible())) return;
  await signIn.fill(DISPATCH_AUTH_USERNAME ?? '');
  await page.getByLabel('Password').fill(DISPATCH_AUTH_PASSWORD ?? '');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-plot]').first()).toBeVisible({ timeout: SOON_MS });
});

/** Somebody does something on GitHub. */
async function act(request: APIRequestContext, change: object): Promise<void> {
  const answer = await request.post(`${GITHUB_SIM}/_sim/act`, { data: { actor: 'ana', ...change } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

test('a repository is added, and its first sync brings its issues', async ({ page }) => {
  await page.goto('/automation');
  await page.getByLabel('Track a repository').fill(REPO);
  await page.keyboard.press('Enter');
  await expect(page.locator(`[data-repo="${REPO}"]`)).toBeVisible();
  await page.getByRole('button', { name: `Sync ${REPO}` }).click();
  await expect(page.getByText(`Synced ${REPO}`)).toBeVisible({ timeout: SOON_MS });
  await page.goto('/projects');
  await expect(page.locator(`[data-project="${REPO}"]`)).toContainText(/Backlog\s*2/);
});

test('a write that GitHub refuses waits under "needs attention", and one click tries it again', async ({ page, request }) => {
  await act(request, { action: 'archive_repository', repo: REPO, archived: true });
  const cards = (await (await request.get(`${BASE_URL}/api/issues?repo=${REPO}`)).json()) as { issueId: string; title: string }[];
  const { issueId, title } = cards[0]!;
  const headers = { origin: BASE_URL! };
  expect((await request.post(`${BASE_URL}/api/issues/move`, { headers, data: { issueId, status: 'in-review' } })).ok()).toBe(true);
  await page.goto('/attention');
  const item = page.locator('[data-kind="write_failed"] li', { hasText: title });
  await expect(item).toContainText('archived', { timeout: SOON_MS });
  await act(request, { action: 'archive_repository', repo: REPO, archived: false });
  await item.getByRole('button', { name: /Retry the write/ }).click();
  await expect(item).toHaveCount(0, { timeout: SOON_MS });
  await expect(async () => {
    const { pending, status } = (await (await request.get(`${BASE_URL}/api/issues/${issueId}`)).json()) as { pending: unknown; status: string };
    expect({ pending, status }).toEqual({ pending: null, status: 'in-review' });
  }).toPass({ timeout: SOON_MS });
});

test('the audit trail tells the whole story of that write, and exports it', async ({ page }) => {
  await page.goto(`/audit?repo=${encodeURIComponent(REPO)}&action=issue.moved`);
  await page.locator('[data-event]').first().getByRole('link', { name: /What belongs to it/ }).click();
  await expect(page).toHaveURL(/correlationId=/);
  for (const what of ['issue moved', 'write planned', 'write parked']) {
    await expect(page.locator('[data-event]', { hasText: new RegExp(what, 'i') }).first(), what).toBeVisible();
  }
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toBe('dispatch-audit.csv');
});
