// Against the real stack: BASE_URL says where it is, SCREENSHOT_DIR where pictures go (default: test-results/pictures).
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { card, column } from './scene';

const { BASE_URL, SCREENSHOT_DIR = 'test-results/pictures', DISPATCH_AUTH_USERNAME, DISPATCH_AUTH_PASSWORD } = process.env;
/** Where a demo or a first sync must have put cards by then. */
const CARDS_MS = 60_000;
const CONFIRMED_MS = 30_000;

test.beforeAll(() => {
  if (!BASE_URL) throw new Error('BASE_URL is not set: give the address of a running stack, for example BASE_URL=http://127.0.0.1:8787');
});

test.beforeEach(async ({ page }) => {
  await page.goto('/board');
  const cards = page.locator('[data-issue-id]').first();
  const signIn = page.getByLabel('User name');
  await expect(cards.or(signIn)).toBeVisible({ timeout: CARDS_MS });
  if (await signIn.isVisible()) {
    await signIn.fill(DISPATCH_AUTH_USERNAME ?? '');
    await page.getByLabel('Password').fill(DISPATCH_AUTH_PASSWORD ?? '');
    await page.keyboard.press('Enter');
  }
  await expect(cards).toBeVisible({ timeout: CARDS_MS });
});

test('the board is live and shows cards', async ({ page }) => {
  await expect(page.locator('[data-live="live"]')).toBeVisible();
  await expect(page.locator('section[data-status]')).toHaveCount(6);
});

test('a card moved by the menu is pending, then confirmed by GitHub', async ({ page }) => {
  // Only cards that nothing else holds: agents of a living demo work on the others.
  const free = column(page, 'backlog').locator('[data-issue-id]:not(:has(.claim)):not(:has(.tone-pending))').first();
  await expect(free).toBeVisible({ timeout: CARDS_MS });
  const id = (await free.getAttribute('data-issue-id'))!;
  const asked: string[] = [];
  page.on('request', (request) => request.url().endsWith('/api/issues/move') && asked.push(request.method()));

  await card(page, id).locator('.more').click();
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/issues/move'));
  await page.locator('[role="menuitem"][data-to="in-review"]').click();
  const moved = column(page, 'in-review').locator(`[data-issue-id="${id}"]`);
  await expect(moved).toContainText('Pending on GitHub');
  expect((await answered).status()).toBe(200);
  await expect(moved).not.toContainText('Pending on GitHub', { timeout: CONFIRMED_MS });
  await expect(moved).toBeVisible();
  await expect(moved).not.toContainText('Write failed');
  expect(asked).toEqual(['POST']);
});

test('pictures of the board, light and dark', async ({ page }) => {
  await mkdir(SCREENSHOT_DIR, { recursive: true });
  await expect(page.locator('[data-live="live"]')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(SCREENSHOT_DIR, `board-${colorScheme}.png`) });
  }
});
