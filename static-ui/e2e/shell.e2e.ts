// The shell: palette, keys that work everywhere, and a tab that outlived its version.
import { card, column, expect, firstIn, scene, test } from './scene';

test.beforeEach(({ request }) => scene(request));

test('the palette finds pages, commands and issues, by keyboard alone', async ({ page }) => {
  await page.goto('/audit');
  await page.keyboard.press('Control+k');
  const box = page.locator('dialog [role=combobox]');
  await expect(box).toBeFocused();
  await box.fill('theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.keyboard.press('Control+k');
  await box.fill('#199 ');
  await expect(page.getByRole('option', { name: /^#199 / })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/issues\/octo-org\/\w+\/199$/);

  await page.keyboard.press('Control+k');
  await box.fill('zzzz');
  await expect(page.getByText('Nothing here is called “zzzz”')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog [role=combobox]')).toHaveCount(0);
});

test('the palette opens while the list of keys is still closing', async ({ page }) => {
  await page.goto('/audit');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  // In one go, as fast fingers do it: the browser tells of the closing afterwards.
  await page.evaluate(() => {
    document.querySelector('dialog')!.close();
    dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }));
  });
  await expect(page.locator('dialog [role=combobox]')).toBeFocused();
});

test('g and a letter go to a page, but not while one types', async ({ page }) => {
  await page.goto('/board');
  await expect(column(page, 'ready')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await expect(page).toHaveURL(/\/audit$/);
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await expect(page).toHaveURL(/\/board$/);
  await page.getByLabel('Filter by words').fill('');
  await page.keyboard.type('ga');
  await expect(page.getByLabel('Filter by words')).toHaveValue('ga');
  await expect(page).toHaveURL(/\/board/);
});

test('a tab whose code was deployed away loads the new version by itself', async ({ page }) => {
  await page.goto('/board');
  await expect(card(page, await firstIn(page, 'ready'))).toBeVisible();
  let gone = 0;
  await page.route('**/assets/Audit-*.js', async (route) => {
    gone += 1;
    if (gone === 1) await route.fulfill({ status: 404, body: 'Not found' });
    else await route.continue();
  });
  await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).click();
  await expect(page.locator('[data-event]')).toHaveCount(3);
  await expect(page).toHaveURL(/\/audit$/);
  expect(gone).toBe(2);
});

test('code that stays away is said, with a way out, and no loop of reloads', async ({ page }) => {
  await page.goto('/board');
  await expect(column(page, 'ready')).toBeVisible();
  let asked = 0;
  await page.route('**/assets/Audit-*.js', (route) => {
    asked += 1;
    return route.fulfill({ status: 404, body: 'Not found' });
  });
  await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).click();
  await expect(page.getByRole('alert')).toContainText('This page could not be loaded.');
  await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible();
  expect(asked).toBe(2);
});
