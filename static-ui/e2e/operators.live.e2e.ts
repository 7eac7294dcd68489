// What operators do beside the board, against the real stack: see stack.ts.
import { expect, test } from '@playwright/test';
import { card, column } from './scene';
import { SOON_MS, ana, confirmed, find, onGitHub, open, rolledBack, stack, unique } from './stack';

const REPO = `octo-demo/${unique().replace(' ', '-')}`;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ request }) => {
  stack();
  await ana(request, { action: 'create_repository', repo: REPO });
  for (const title of ['First of the journeys', 'Second of the journeys']) {
    await ana(request, { action: 'open_issue', repo: REPO, title, body: 'Written for a test.', labels: ['status/backlog'] });
  }
});

test.beforeEach(({ page }) => open(page, '/overview'));

test('a repository is added, its first sync is watched, and brings its issues', { tag: '@signed-in' }, async ({ page }) => {
  // Long enough to be watched.
  await onGitHub(page.request, 'faults', { kind: 'slow', ms: 1200, times: 3, on: `GET /repos/${REPO}*` });
  await page.goto('/automation');
  await page.getByLabel('Track a repository').fill(REPO);
  await page.keyboard.press('Enter');
  await expect(page.locator(`[data-repo="${REPO}"]`)).toBeVisible();
  await expect(page.getByRole('button', { name: `Syncing… ${REPO}` })).toBeDisabled();
  const run = page.locator(`[data-run="${REPO}"]`);
  await expect(run).toContainText(`${REPO}: 0 of 1 repositories, 0 issues and pull requests read`);
  await expect(run.getByRole('progressbar', { name: 'Repositories synced' })).toBeVisible();
  await expect(page.getByText(`Synced ${REPO}: 2 issues`)).toBeVisible({ timeout: SOON_MS });
  await expect(run).toHaveCount(0);
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

test('a move that GitHub refuses rolls back with its reason, waits under "needs attention", and one click tries it again', { tag: '@signed-in' }, async ({ page, request }) => {
  const title = 'First of the journeys';
  await page.goto(`/board?repo=${REPO}`);
  await find(page, title);
  const first = page.locator('[data-issue-id]');
  const id = (await first.getAttribute('data-issue-id'))!;
  // Read-only from now on, which GitHub tells those who write.
  await ana(request, { action: 'archive_repository', repo: REPO, archived: true });
  const from = (await first.boundingBox())!;
  const to = (await column(page, 'in-review').boundingBox())!;
  await page.mouse.move(from.x + 60, from.y + 60);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + 200, { steps: 5 });
  await page.mouse.up();
  await rolledBack(page, id, 'backlog', /Write failed: .*archived/);
  await page.goto('/attention');
  const item = page.locator('[data-kind="write_failed"] li', { hasText: title });
  await expect(item).toContainText('archived', { timeout: SOON_MS });
  await ana(request, { action: 'archive_repository', repo: REPO, archived: false });
  await item.getByRole('button', { name: /Retry the write/ }).click();
  await expect(item).toHaveCount(0, { timeout: SOON_MS });
  await page.goto('/board');
  await expect(card(page, id)).toBeVisible({ timeout: SOON_MS });
  await confirmed(page, id, 'in-review');
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
