import { PAGES } from '../src/core/route';
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
  await expect(page.getByText('Synced octo-org/new')).toBeVisible();
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

test('automation: every run under way is shown, and still is after the page was left', async ({ page, request }) => {
  const run = { id: '9', kind: 'issues', repo: 'octo-org/api', state: 'running', requestedBy: 'ana', requestedAt: '2026-11-25T08:00:00Z', startedAt: null, finishedAt: null, reposTotal: 1, reposDone: 0, syncedCount: 120, results: [] };
  await scene(request, { runs: [run] });
  await page.goto('/automation');
  const progress = page.locator('[data-run="octo-org/api"]');
  await expect(progress).toContainText('octo-org/api: 0 of 1 repositories, 120 issues and pull requests read');
  await expect(page.getByRole('button', { name: 'Syncing… octo-org/api' })).toBeDisabled();
  await page.getByRole('link', { name: 'Lanes' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lanes' })).toBeVisible();
  await page.goBack();
  await expect(progress).toBeVisible();
  await setToy(request, { runs: [] });
  await expect(progress).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Sync octo-org/api' })).toBeEnabled();
});

for (const { name, path } of PAGES) {
  test(`${name}: it says whether it is live, and since when it is not`, async ({ page, context }) => {
    await page.goto(path);
    const mark = page.locator('header [data-live]');
    await expect(mark).toHaveText('Live');
    await context.setOffline(true);
    await expect(mark).toContainText(/Stale since \d/);
    await context.setOffline(false);
    await expect(mark).toHaveText('Live');
  });
}

test('audit: what happened, narrowed in the address', async ({ page }) => {
  await page.goto('/audit');
  await expect(page.locator('[data-event]')).toHaveCount(3);
  await expect(page.locator('[data-event]').first()).toContainText('A closed issue does not move');
  await page.getByLabel('Outcome').selectOption('Failed');
  await expect(page).toHaveURL(/success=false/);
  await expect(page.locator('[data-event]')).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'Export CSV' })).toHaveAttribute('href', '/api/audit/export?success=false&format=csv');
  await page.getByRole('combobox', { name: 'Repository' }).focus();
  await page.getByRole('combobox', { name: 'Repository' }).selectOption('octo-org/docs');
  await expect(page).toHaveURL(/repo=octo-org%2Fdocs/);
  // Another query is not another page: whoever chose stays where they are.
  await expect(page.getByRole('combobox', { name: 'Repository' })).toBeFocused();
  await expect(page.getByText('Nothing was recorded that fits.')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(page.locator('[data-event]')).toHaveCount(3);
});

test('overview: figures now, by agent and over time, also as a table', async ({ page }) => {
  await page.goto('/overview');
  await expect(page.locator('[data-plot]')).toHaveCount(10);
  await expect(page.locator('[data-agent]')).toHaveCount(4);
  await expect(page.locator('[data-stale]')).toHaveCount(1);
  await expect(page.getByRole('img', { name: /^Leases that ran out: \d+\. From/ })).toBeVisible();
  await page.getByText('The same as a table').click();
  await expect(page.getByRole('region', { name: 'Figures over time' }).locator('tbody tr')).toHaveCount(14);
  await page.getByLabel('How far back').selectOption('Last day');
  await expect(page).toHaveURL(/days=1$/);
  await expect(page.getByRole('region', { name: 'Figures over time' }).locator('tbody tr')).toHaveCount(24);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole('link', { name: 'Blocked' }).click();
  await expect(page).toHaveURL(/\/board#blocked$/);
  await expect(page.locator('section[data-status="blocked"]')).toBeVisible();
});

test('attention: what waits, by kind, settled with one click', async ({ page, request }) => {
  await scene(request, { showcase: true, evilAction: true });
  await page.goto('/attention');
  const asks = page.locator('[data-kind="needs_input"] li');
  await expect(asks.first()).toBeVisible();
  const before = await asks.count();
  await asks.first().getByRole('button').click();
  await expect(asks).toHaveCount(before - 1);
  await page.locator('[data-kind="write_failed"]').getByRole('button', { name: /Retry the write/ }).click();
  await expect(page.locator('[data-kind="write_failed"]')).toHaveCount(0);
  // Only this site's API is ever called, whatever the answer offers.
  await expect(page.locator('[data-kind="untrusted"] li')).toHaveCount(1);
  await expect(page.locator('[data-kind="untrusted"] button')).toHaveCount(0);
});

for (const path of ['/projects', '/agents', '/automation', '/audit', '/attention', '/lanes']) {
  test(`${path}: an error and an empty server each say what to do`, async ({ page, request }) => {
    await scene(request, { down: true });
    await page.goto(path);
    await expect(page.getByRole('alert').first()).toContainText('The database does not answer.');
    await setToy(request, { down: false });
    await scene(request, { empty: 'untracked' });
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await expect(page.getByText(/^(No repository is tracked yet|No agent is known yet|No agent holds work|Nothing was recorded yet|Nothing waits for you|There is no lane yet)\.$/).first()).toBeVisible();
  });
}

test('an unknown address is a page of its own, an unknown file and route are not', async ({ page, request }) => {
  await page.goto('/nowhere');
  await expect(page.getByText('There is no page at this address.')).toBeVisible();
  expect((await request.get('/assets/old.js')).status()).toBe(404);
  expect(await (await request.get('/api/nowhere')).json()).toMatchObject({ error: 'not_found' });
});
