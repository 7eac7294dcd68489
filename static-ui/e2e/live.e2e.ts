// The board against the real stack: see stack.ts. SCREENSHOT_DIR is where pictures go (default: test-results/pictures).
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, expect, test } from '@playwright/test';
import { card, column, focused } from './scene';
import { CARDS_MS, SOON_MS, ana, confirmed, find, idOf, onGitHub, open, someRepository, stack, unique } from './stack';

const { SCREENSHOT_DIR = 'test-results/pictures' } = process.env;

test.beforeAll(() => void stack());

test.beforeEach(async ({ page }) => {
  await open(page, '/board');
  await expect(page.locator('[data-issue-id]').first()).toBeVisible({ timeout: CARDS_MS });
});

test('the board is live and shows cards', async ({ page }) => {
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

test('found by filter, moved by mouse, by keyboard and by menu, each time pending and then confirmed on GitHub', async ({ page }) => {
  const title = unique();
  const id = await openIssue(page, title);
  await find(page, title);

  const asked: string[] = [];
  page.on('request', (sent) => sent.url().endsWith('/api/issues/move') && asked.push(sent.method()));
  const from = (await card(page, id).boundingBox())!;
  const to = (await column(page, 'in-review').boundingBox())!;
  await page.mouse.move(from.x + 60, from.y + 60);
  await page.mouse.down();
  await page.mouse.move(from.x + 90, from.y + 70);
  await page.mouse.move(to.x + to.width / 2, to.y + 200, { steps: 5 });
  await page.mouse.up();
  await expect(column(page, 'in-review').locator(`[data-issue-id="${id}"]`)).toContainText('Pending on GitHub');
  await confirmed(page, id, 'in-review');

  await card(page, id).locator('h3 a').focus();
  for (const key of [' ', 'Control+Home', ' ']) await page.keyboard.press(key);
  await confirmed(page, id, 'backlog');
  await expect.poll(() => focused(page)).toBe(id);

  await card(page, id).locator('.more').click();
  await page.locator('[role="menuitem"][data-to="blocked"]').click();
  await page.getByLabel('Why is it blocked?').fill('Which of the two?');
  await page.keyboard.press('Control+Enter');
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

test('what GitHub refuses is on the card with its reason, and is tried again with one click', async ({ page }) => {
  const title = unique();
  const id = await openIssue(page, title);
  await find(page, title);
  await onGitHub(page.request, 'faults', { kind: 'server_error', status: 403, times: 1, on: 'POST */issues/*/labels' });
  await card(page, id).locator('h3 a').focus();
  for (const key of [' ', 'ArrowRight', 'ArrowRight', 'ArrowRight', ' ']) await page.keyboard.press(key);
  const failed = page.locator(`[data-issue-id="${id}"]`, { hasText: 'Write failed' });
  await expect(failed).toBeVisible({ timeout: SOON_MS });
  await failed.getByRole('button', { name: /Retry/ }).click();
  await expect(card(page, id)).not.toContainText(/Write failed|Pending/, { timeout: SOON_MS });
});

test('a network that is lost for a minute is said, and what happened meanwhile is caught up without a reload', async ({ page, request }) => {
  await expect(page.locator('[data-live="live"]')).toBeVisible();
  const repo = await someRepository(page.request);
  await page.evaluate(() => ((window as unknown as { kept: boolean }).kept = true));
  await page.context().setOffline(true);
  await expect(page.locator('[data-live="stale"]')).toContainText(/Stale since/);
  const title = unique();
  await ana(request, { action: 'open_issue', repo, title, labels: ['status/backlog'] });
  await expect(page.locator('[data-live="stale"]')).toContainText('Last heard 1 min ago', { timeout: 90_000 });
  await page.context().setOffline(false);
  await expect(page.locator('[data-live="live"]')).toBeVisible({ timeout: SOON_MS });
  await find(page, title);
  expect(await page.evaluate(() => (window as unknown as { kept?: boolean }).kept)).toBe(true);
});

test('pictures of the board, light and dark', async ({ page }) => {
  await mkdir(SCREENSHOT_DIR, { recursive: true });
  await expect(page.locator('[data-live="live"]')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(SCREENSHOT_DIR, `board-${colorScheme}.png`) });
  }
});
