import { column, expect, scene, test } from './scene';

test('401 leads to sign-in and back to where one was', async ({ page, request }) => {
  await scene(request, { signedIn: false });
  await page.goto('/board?q=lease');
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel('User name').fill('operator');
  await page.getByLabel('Password').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('User name or password is not right.');
  await page.getByLabel('Password').fill('secret');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/board\?q=lease$/);
  await expect(column(page, 'ready')).toBeVisible();
  await expect(page.locator('header')).toContainText('operator');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login\?out$/);
});

test('with sign-in switched off every page warns', async ({ page, request }) => {
  await scene(request, { authMode: 'disabled' });
  for (const path of ['/board', '/overview', '/attention', '/projects', '/agents', '/automation', '/audit', '/login']) {
    await page.goto(path);
    await expect(page.locator('[data-banner="disabled"]')).toContainText('Sign-in is switched off');
  }
});

test('the theme follows the system until one is chosen, and the choice stays', async ({ page, request }) => {
  await scene(request);
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/board');
  expect(await scheme()).toBe('light dark');
  const dark = await ground();
  await page.getByRole('button', { name: /^Theme: as the system/ }).click();
  expect(await scheme()).toBe('light');
  expect(await ground()).not.toBe(dark);
  await page.reload();
  expect(await scheme()).toBe('light');
  await page.getByRole('button', { name: /^Theme: light/ }).click();
  expect(await ground()).toBe(dark);
});
