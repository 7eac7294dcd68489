import { card, column, expect, firstIn, focused, scene, test } from './scene';

test.beforeEach(({ request }) => scene(request));

test('the whole journey without a pointer', async ({ page }) => {
  await page.goto('/board');
  const first = await firstIn(page, 'backlog');
  // One tab stop for the board, after the filter.
  await page.getByLabel('Priority', { exact: true }).focus();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe(first);

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('j');
  await expect(card(page, (await focused(page))!)).toHaveAttribute('aria-posinset', '3');
  await page.keyboard.press('k');
  await page.keyboard.press('l');
  const chosen = (await focused(page))!;
  await expect(column(page, 'ready').locator(`[data-issue-id="${chosen}"]`)).toHaveAttribute('aria-posinset', '2');

  // A letter picks the line of the menu.
  await page.keyboard.press('m');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('i');
  await page.keyboard.press('i');
  await page.keyboard.press('Enter');
  await expect(column(page, 'in-review').locator(`[data-issue-id="${chosen}"]`)).toContainText('Pending on GitHub');
  await expect.poll(() => focused(page)).toBe(chosen);

  // The menu opens again, and Escape gives the focus back.
  await page.keyboard.press('m');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe(chosen);

  await page.keyboard.press('i');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe(chosen);

  // Into the filter and back to the card.
  await page.keyboard.press('/');
  await expect(page.getByLabel('Filter by words')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe(chosen);
});

test('End and Home reach cards that are not in the page yet', async ({ page, request }) => {
  await scene(request, { cards: 20 });
  await page.goto('/board');
  const first = await firstIn(page, 'ready');
  await card(page, first).locator('h3 a').focus();
  await page.keyboard.press('End');
  await expect.poll(async () => card(page, (await focused(page)) ?? '').getAttribute('aria-posinset')).toBe('520');
  await expect(card(page, (await focused(page))!)).toBeInViewport();
  await page.keyboard.press('Home');
  await expect.poll(() => focused(page)).toBe(first);
});

test('the list of keys opens by ?, and letters can be switched off', async ({ page }) => {
  await page.goto('/board');
  await expect(column(page, 'ready')).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Move: the menu of the card');
  await page.getByLabel(/Letters and signs are keys/).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.getByLabel('Filter by words')).not.toBeFocused();
  const id = await firstIn(page, 'ready');
  await card(page, id).locator('h3 a').focus();
  await page.keyboard.press('m');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).not.toBe(id);
});

test('a card opens on GitHub, in a new tab', async ({ page }) => {
  await page.goto('/board');
  const link = card(page, await firstIn(page, 'ready')).locator('h3 a');
  await expect(link).toHaveAttribute('href', /^https:\/\/github\.com\/octo-org\/\w+\/issues\/\d+$/);
  await expect(link).toHaveAttribute('target', '_blank');
});
