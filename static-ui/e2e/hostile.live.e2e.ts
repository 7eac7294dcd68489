// Text that others wrote is text, all the way from GitHub through the real stack: see stack.ts.
import { expect, test } from '@playwright/test';
import { BODY, MARKUP, isHarmless } from './hostile';
import { card } from './scene';
import { ana, find, idOf, open, someRepository, stack, unique } from './stack';

test.beforeAll(() => void stack());

test('titles, bodies, labels and reasons that would do harm are shown and do none', async ({ page }) => {
  const word = unique();
  await open(page, '/board');
  const repo = await someRepository(page.request);
  const labels = ['status/backlog', '<svg onload=window.owned=1>', 'owner/<b onclick=window.owned=1>', 'lane/<script>'];
  await ana(page.request, { action: 'open_issue', repo, title: `${word} ${MARKUP}`, body: BODY, labels });
  const id = await idOf(page.request, word);
  const headers = { origin: stack() };
  const moved = await page.request.post('/api/issues/move', { headers, data: { issueId: id, status: 'blocked', reason: MARKUP } });
  expect(moved.ok(), await moved.text()).toBe(true);
  await find(page, word);
  await expect(card(page, id)).toContainText('<img src=x');
  await isHarmless(page, 'board');
  await card(page, id).locator('.num').click();
  await expect(page.getByRole('dialog')).toContainText('<svg onload=');
  await isHarmless(page, 'details');
  await page.keyboard.press('Escape');
  await card(page, id).locator('h3 a').click();
  await expect(page.locator('.markdown')).toContainText('click me');
  await isHarmless(page, 'issue');
  for (const path of ['/overview', '/attention', '/projects', '/agents', '/lanes', '/health', '/automation', '/audit']) {
    await page.goto(path);
    await expect(page.locator('main h1')).toBeVisible();
    await expect(page.locator('.state.loading')).toHaveCount(0);
    await isHarmless(page, path);
  }
});
