// What operators do beside the board, against the real stack: see stack.ts.
import { expect, test } from '@playwright/test';
import { SOON_MS, ana, open, stack } from './stack';

const REPO = 'octo-demo/journeys';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ request }) => {
  stack();
  await ana(request, { action: 'create_repository', repo: REPO });
  for (const title of ['First of the journeys', 'Second of the journeys']) {
    await ana(request, { action: 'open_issue', repo: REPO, title, body: 'Written for a test.', labels: ['status/backlog'] });
  }
});

test.beforeEach(({ page }) => open(page, '/overview'));

test('a repository is added, and its first sync brings its issues', async ({ page }) => {
  await page.goto('/automation');
  await page.getByLabel('Track a repository').fill(REPO);
  await page.keyboard.press('Enter');
  await expect(page.locator(`[data-repo="${REPO}"]`)).toBeVisible();
  await expect(page.getByText(`Synced ${REPO}`)).toBeVisible({ timeout: SOON_MS });
  await page.goto('/projects');
  await expect(page.locator(`[data-project="${REPO}"]`)).toContainText(/Backlog\s*2/);
});

test('what may be in hand there is limited, and whose issues agents see is decided', async ({ page }) => {
  await page.goto('/automation');
  const row = page.locator(`[data-repo="${REPO}"]`);
  await page.getByRole('button', { name: `Limits of ${REPO}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Active claims at the same time').fill('3');
  await dialog.getByLabel('Labels that keep an issue from agents').fill('no-agents');
  await dialog.getByLabel('Agents see').selectOption('trusted');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('0 of 3 claimed');
  await expect(row).toContainText('Kept from agents: no-agents');
  await expect(row).toContainText('others once they are approved');
});

test('a write that GitHub refuses waits under "needs attention", and one click tries it again', async ({ page, request }) => {
  await ana(request, { action: 'archive_repository', repo: REPO, archived: true });
  const cards = (await (await page.request.get(`/api/issues?repo=${REPO}`)).json()) as { issueId: string; title: string }[];
  const { issueId, title } = cards[0]!;
  const headers = { origin: stack() };
  expect((await page.request.post('/api/issues/move', { headers, data: { issueId, status: 'in-review' } })).ok()).toBe(true);
  await page.goto('/attention');
  const item = page.locator('[data-kind="write_failed"] li', { hasText: title });
  await expect(item).toContainText('archived', { timeout: SOON_MS });
  await ana(request, { action: 'archive_repository', repo: REPO, archived: false });
  await item.getByRole('button', { name: /Retry the write/ }).click();
  await expect(item).toHaveCount(0, { timeout: SOON_MS });
  await expect(async () => {
    const { pending, status } = (await (await page.request.get(`/api/issues/${issueId}`)).json()) as { pending: unknown; status: string };
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
