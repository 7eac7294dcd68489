// Against the real stack: BASE_URL says where it is, GITHUB_SIM where its simulated GitHub is (without it, what needs
// GitHub to misbehave fails), SCREENSHOT_DIR where pictures go (default: test-results/pictures).
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type APIRequestContext, type Page, expect, test } from '@playwright/test';
import { card, column, focused } from './scene';

const { BASE_URL, GITHUB_SIM, SCREENSHOT_DIR = 'test-results/pictures', DISPATCH_AUTH_USERNAME, DISPATCH_AUTH_PASSWORD } = process.env;
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

/** Makes the simulated GitHub do something, or misbehave. */
async function onGitHub(request: APIRequestContext, path: string, data: object): Promise<void> {
  if (!GITHUB_SIM) throw new Error('GITHUB_SIM is not set: give the address of the simulated GitHub of the stack, for example GITHUB_SIM=http://127.0.0.1:9080');
  const answer = await request.post(`${GITHUB_SIM}/_sim/${path}`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** An issue of our own in the backlog, so that no agent of a living demo is at it: its id. */
async function openIssue(page: Page, request: APIRequestContext, title: string): Promise<string> {
  const repo = ((await (await request.get('/api/board')).json()) as { repositories: { fullName: string }[] }).repositories[0]!.fullName;
  await onGitHub(request, 'act', { actor: 'ana', action: 'open_issue', repo, title, body: 'From the browser suite. <b>Not bold</b>.', labels: ['status/backlog'] });
  const found = column(page, 'backlog').locator('[data-issue-id]', { hasText: title });
  await expect(found).toBeVisible({ timeout: CONFIRMED_MS });
  return (await found.getAttribute('data-issue-id'))!;
}

/** Narrows the board to one issue, as somebody who looks for it does. */
async function find(page: Page, title: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(title);
  await expect(page.locator('[data-issue-id]')).toHaveCount(1, { timeout: CONFIRMED_MS });
}

async function confirmed(page: Page, id: string, status: string): Promise<void> {
  const moved = column(page, status).locator(`[data-issue-id="${id}"]`);
  await expect(moved).toBeVisible();
  await expect(moved).not.toContainText('Pending on GitHub', { timeout: CONFIRMED_MS });
  await expect(moved).not.toContainText(/Write failed|Not moved/);
}

const unique = () => `browser ${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;

test('found by filter, moved by mouse, by keyboard and by menu, each time pending and then confirmed on GitHub', async ({ page, request }) => {
  const title = unique();
  const id = await openIssue(page, request, title);
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
  await expect(story.locator('[data-what="write.applied"]')).toBeVisible({ timeout: CONFIRMED_MS });
  await expect(story.locator('.correlation')).not.toBeEmpty();
});

test('what GitHub refuses is on the card with its reason, and is tried again with one click', async ({ page, request }) => {
  const title = unique();
  const id = await openIssue(page, request, title);
  await find(page, title);
  await onGitHub(request, 'faults', { kind: 'server_error', status: 403, times: 1, on: 'POST */labels' });
  await card(page, id).locator('h3 a').focus();
  for (const key of [' ', 'ArrowRight', 'ArrowRight', 'ArrowRight', ' ']) await page.keyboard.press(key);
  const failed = page.locator(`[data-issue-id="${id}"]`, { hasText: 'Write failed' });
  await expect(failed).toBeVisible({ timeout: CONFIRMED_MS });
  await failed.getByRole('button', { name: /Retry/ }).click();
  await expect(card(page, id)).not.toContainText(/Write failed|Pending/, { timeout: CONFIRMED_MS });
});

test('a network that was lost is said, and what happened meanwhile is caught up without a reload', async ({ page, request }) => {
  await expect(page.locator('[data-live="live"]')).toBeVisible();
  await page.evaluate(() => ((window as unknown as { kept: boolean }).kept = true));
  await page.context().setOffline(true);
  await expect(page.locator('[data-live="stale"]')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('[data-live="stale"]')).toContainText(/Stale since/);
  const title = unique();
  const repo = ((await (await request.get('/api/board')).json()) as { repositories: { fullName: string }[] }).repositories[0]!.fullName;
  await onGitHub(request, 'act', { actor: 'ana', action: 'open_issue', repo, title, labels: ['status/backlog'] });
  await page.context().setOffline(false);
  await expect(page.locator('[data-live="live"]')).toBeVisible({ timeout: CONFIRMED_MS });
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
