// The board against the real stack: see stack.ts.
import { type Page, expect, test } from '@playwright/test';
import { card, column, focused } from './scene';
import { CARDS_MS, SOON_MS, ana, confirmed, find, idOf, loseNetwork, onLabels, open, rolledBack, someRepository, stack, unique } from './stack';

test.beforeAll(() => void stack());

test.beforeEach(async ({ page }) => {
  await open(page, '/board');
  await expect(page.locator('[data-issue-id]').first()).toBeVisible({ timeout: CARDS_MS });
});

test('the board is live and shows cards', async ({ page }) => {
  const { authMode } = (await (await page.request.get('/api/auth/session')).json()) as { authMode: string };
  await expect(page.locator('[data-banner="disabled"]')).toHaveCount(authMode === 'disabled' ? 1 : 0);
  await expect(page.locator('[data-live="live"]')).toBeVisible();
  await expect(page.locator('section[data-status]')).toHaveCount(6);
});

/** An issue of our own in the backlog, so that no agent of a living demo is at it: its id. */
async function openIssue(page: Page, title: string): Promise<string> {
  const { request } = page;
  const repo = await someRepository(request);
  await ana(request, { action: 'open_issue', repo, title, body: 'From the browser suite. <b>Not bold</b>.', labels: ['status/backlog'] });
  const id = await idOf(request, title);
  await expect(card(page, id)).toBeVisible({ timeout: SOON_MS });
  return id;
}

test('found by filter, moved by mouse, by keyboard and by menu, each time pending and then confirmed on GitHub', { tag: '@signed-in' }, async ({ page }) => {
  const title = unique();
  const id = await openIssue(page, title);
  await find(page, title);
  // Long enough to be seen, whatever the machine.
  await onLabels(page, id, { kind: 'slow', ms: 1500, times: 3 });
  const pending = (status: string) => expect(column(page, status).locator(`[data-issue-id="${id}"]`)).toContainText('Pending on GitHub');

  const asked: string[] = [];
  page.on('request', (sent) => sent.url().endsWith('/api/issues/move') && asked.push(sent.method()));
  const from = (await card(page, id).boundingBox())!;
  const to = (await column(page, 'in-review').boundingBox())!;
  await page.mouse.move(from.x + 60, from.y + 60);
  await page.mouse.down();
  await page.mouse.move(from.x + 90, from.y + 70);
  await page.mouse.move(to.x + to.width / 2, to.y + 200, { steps: 5 });
  await page.mouse.up();
  await pending('in-review');
  await confirmed(page, id, 'in-review');

  await card(page, id).locator('h3 a').focus();
  for (const key of [' ', 'ArrowLeft', ' ']) await page.keyboard.press(key);
  await pending('in-progress');
  await confirmed(page, id, 'in-progress');
  await expect.poll(() => focused(page)).toBe(id);

  await card(page, id).locator('.more').click();
  await page.locator('[role="menuitem"][data-to="blocked"]').click();
  await page.getByLabel('Why is it blocked?').fill('Which of the two?');
  await page.keyboard.press('Control+Enter');
  await pending('blocked');
  await confirmed(page, id, 'blocked');
  await expect(card(page, id)).toContainText('Which of the two?');
  expect(asked).toEqual(['POST', 'POST', 'POST']);

  // Its page tells the story: who moved it, what was planned, what was written, under one name.
  await card(page, id).locator('h3 a').click();
  await expect(page.locator('.markdown')).toHaveText(/From the browser suite\. Not bold\./);
  const story = page.locator('[data-story]', { has: page.locator('[data-what="issue.moved"]') }).first();
  await expect(story.locator('[data-what="write.applied"]')).toBeVisible({ timeout: SOON_MS });
  await expect(story.locator('.correlation')).not.toBeEmpty();
});

test('a move that GitHub refuses rolls back with its reason, and one click on the card tries it again', async ({ page }) => {
  const title = unique();
  const id = await openIssue(page, title);
  await find(page, title);
  await onLabels(page, id, { kind: 'server_error', status: 403 });
  await card(page, id).locator('h3 a').focus();
  for (const key of [' ', 'ArrowRight', 'ArrowRight', 'ArrowRight', ' ']) await page.keyboard.press(key);
  const back = await rolledBack(page, id, 'backlog', /GitHub refuses labels of .*: Server Error/);
  await back.getByRole('button', { name: /Retry/ }).click();
  await confirmed(page, id, 'in-review');
});

test('a network that is lost for a minute is said, and what happened meanwhile is caught up without a reload', async ({ page, request }) => {
  const repo = await someRepository(page.request);
  const title = unique();
  await loseNetwork(page, () => ana(request, { action: 'open_issue', repo, title, labels: ['status/backlog'] }));
  await find(page, title);
});
