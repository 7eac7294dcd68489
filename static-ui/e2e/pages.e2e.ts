import { column, expect, scene, setToy, test } from './scene';

test.beforeEach(({ request }) => scene(request));

test('projects: cards by repository, leading to the narrowed board', async ({ page }) => {
  await page.goto('/projects');
  await expect(page.locator('[data-project]')).toHaveCount(4);
  await page.locator('[data-project="octo-org/api"] a').first().click();
  await expect(page).toHaveURL(/\/board\?repo=octo-org%2Fapi$/);
  await expect(column(page, 'ready').locator('h2')).toContainText(/\d+ of 26/);
});

test('agents: who holds work now, and what ran', async ({ page }) => {
  await page.goto('/agents');
  await expect(page.locator('[data-claim]')).toHaveCount(11);
  await expect(page.locator('[data-run="1"]')).toContainText('The build needs a newer compiler');
  await expect(page.locator('[data-run="2"] a')).toHaveText('octo-org/api#188');
});

test('automation: add, refuse a double, sync, remove', async ({ page }) => {
  await page.goto('/automation');
  await expect(page.locator('[data-repo]')).toHaveCount(4);
  const box = page.getByLabel('Track a repository');
  await box.fill('not a name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('owner/name');
  await box.fill('https://github.com/octo-org/new.git');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-repo="octo-org/new"]')).toBeVisible();
  await box.fill('octo-org/new');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('octo-org/new is tracked already.');
  await page.getByRole('button', { name: 'Sync octo-org/api' }).click();
  await expect(page.getByText('Synced octo-org/api: 40 issues read from GitHub.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove octo-org/new' }).click();
  await page.getByRole('button', { name: 'Stop tracking' }).click();
  await expect(page.locator('[data-repo="octo-org/new"]')).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('audit: what happened, by repository', async ({ page }) => {
  await page.goto('/audit');
  await expect(page.locator('[data-event]')).toHaveCount(3);
  await expect(page.locator('[data-event]').first()).toContainText('A closed issue does not move');
  await page.getByLabel('Repository').selectOption('octo-org/docs');
  await expect(page).toHaveURL(/repo=octo-org%2Fdocs/);
  await expect(page.getByText('Nothing was recorded for octo-org/docs yet.')).toBeVisible();
});

for (const path of ['/projects', '/agents', '/automation', '/audit']) {
  test(`${path}: an error and an empty server each say what to do`, async ({ page, request }) => {
    await scene(request, { down: true });
    await page.goto(path);
    await expect(page.getByRole('alert').first()).toContainText('The database does not answer.');
    await setToy(request, { down: false });
    await scene(request, { empty: 'untracked' });
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await expect(page.getByText(/^(No repository is tracked yet|No agent holds work|Nothing was recorded yet)\.$/)).toBeVisible();
  });
}

test('an unknown address is a page of its own, an unknown file and route are not', async ({ page, request }) => {
  await page.goto('/nowhere');
  await expect(page.getByText('There is no page at this address.')).toBeVisible();
  expect((await request.get('/assets/old.js')).status()).toBe(404);
  expect(await (await request.get('/api/nowhere')).json()).toMatchObject({ error: 'not_found' });
});
