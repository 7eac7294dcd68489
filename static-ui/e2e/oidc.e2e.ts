// Sign-in at a real OpenID provider, against the real stack: BASE_URL says where that is; `ana` may come in.
// The provider's own pages ask for fonts from elsewhere, so the console is not watched here.
import { expect, test } from '@playwright/test';
import { agree } from './stack';

const { BASE_URL } = process.env;

test.beforeAll(() => {
  if (!BASE_URL) throw new Error('BASE_URL is not set: give the address of a stack in OIDC mode.');
});

test('an operator signs in, is led back, works, and signs out', async ({ page, context }) => {
  await page.goto('/board?q=lease');
  await expect(page).toHaveURL(/\/login\?next=/);
  await agree(page, 'ana');
  await expect(page).toHaveURL(`${BASE_URL}/board?q=lease`);
  await expect(page.locator('header')).toContainText('ana@example.com');
  await expect(page.locator('section[data-status="ready"]')).toBeVisible();

  // Nothing that lets somebody in is within reach of a script.
  // The provider stands on the same host, and cookies know no ports: its own are not ours.
  const cookies = (await context.cookies(BASE_URL)).filter(({ name }) => name.startsWith('dispatch'));
  expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([{ name: 'dispatch_session', httpOnly: true, sameSite: 'Lax' }]);
  const kept = await page.evaluate(() => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain(cookies[0]!.value);
  expect(await page.evaluate(() => document.cookie)).toBe('');

  await page.goto('/audit?action=operator');
  await expect(page.locator('[data-event]').first()).toContainText('ana@example.com');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('You are signed out of Dispatch.')).toBeVisible();
  await page.goto('/board');
  await expect(page).toHaveURL(/\/login\?next=/);
});

test('somebody whom the provider knows and Dispatch was not told of is told so', async ({ page }) => {
  await page.goto('/login');
  await agree(page, 'eva');
  await expect(page.getByRole('alert')).toContainText('not among the operators');
  await page.goto('/board');
  await expect(page).toHaveURL(/\/login\?next=/);
});

test('a sign-in that is cancelled, and one that never began', async ({ page }) => {
  await page.goto('/login');
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
  await page.getByRole('link', { name: /cancel/i }).click();
  await expect(page.getByRole('alert')).toContainText('cancelled');
  await page.goto('/api/auth/callback/oidc?code=x&state=y');
  await expect(page.getByRole('alert')).toContainText('Begin again');
});
