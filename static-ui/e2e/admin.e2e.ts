import { axe, expect, scene, test } from './scene';

test.beforeEach(({ request }) => scene(request));

test('lanes: pause and resume, edit with a limit, make one, be refused', async ({ page }) => {
  await page.goto('/lanes');
  await expect(page.locator('[data-lane]')).toHaveCount(3);
  const cheap = page.locator('[data-lane="cheap"]');
  await page.getByRole('button', { name: 'Pause cheap' }).click();
  await expect(cheap).toContainText('paused');
  await expect(page.locator('#said')).toHaveText(/Lane cheap is paused/);
  await page.getByRole('button', { name: 'Resume cheap' }).click();
  await expect(cheap).not.toContainText('paused');
  await page.getByRole('button', { name: 'Edit cheap' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Active claims at the same time').fill('many');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('whole number');
  await dialog.getByLabel('Active claims at the same time').fill('5');
  await dialog.getByLabel('What it is for').selectOption('escalation');
  await dialog.getByLabel('Colour').fill('#3b82f6');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(cheap).toContainText(/\d of 5/);
  await expect(cheap).toContainText('for what is beyond others');
  await expect(cheap.locator('.dot')).toHaveCSS('background-color', 'rgb(59, 130, 246)');
  await page.getByRole('button', { name: 'New lane' }).click();
  await dialog.getByLabel('Name').fill('cheap');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('There is cheap already.');
  await dialog.getByLabel('Name').fill('night');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('[data-lane="night"]')).toBeVisible();
  await page.getByRole('button', { name: 'Remove night' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.locator('[data-lane="night"]')).toHaveCount(0);
});

test('agents: register, make a token that is shown once, revoke it, look at one alone', async ({ page }) => {
  await page.goto('/agents');
  await expect(page.locator('[data-agent]')).toHaveCount(3);
  await expect(page.locator('[data-agent="codex-1"]')).toContainText('not registered');
  await page.getByRole('button', { name: 'Register an agent' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Delta!');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('a name is');
  await dialog.getByLabel('Name').fill('delta');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('[data-agent="delta"]')).toBeVisible();

  await page.getByRole('button', { name: 'Tokens of alpha' }).click();
  await dialog.getByLabel('What it is for').fill('the night shift');
  await dialog.getByRole('button', { name: 'Make a token' }).click();
  await expect(dialog.locator('[data-secret]')).toHaveText('dispatch_secret_that_is_shown_once_abcd');
  await expect(dialog.locator('[data-token]')).toHaveCount(2);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
  expect(kept).not.toContain('dispatch_secret');
  await dialog.getByRole('button', { name: 'Revoke the token that ends in x3_Q' }).click();
  await expect(dialog.locator('[data-token="1"]')).toContainText('revoked');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Tokens of alpha' }).click();
  await expect(dialog.locator('[data-token]')).toHaveCount(2);
  await expect(page.getByText('dispatch_secret')).toHaveCount(0);
  await page.keyboard.press('Escape');

  await page.locator('[data-agent="alpha"] a').click();
  await expect(page).toHaveURL(/\/agents\?agent=alpha$/);
  await expect(page.locator('[data-agent]')).toHaveCount(1);
  await expect(page.locator('[data-attempt]')).toHaveCount(1);
  await page.getByRole('link', { name: 'All agents' }).click();
  await page.getByRole('button', { name: 'Remove alpha' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('alpha holds work.');
});

test('health: what is overdue, used up or missing is told first by its colour and its word', async ({ page }) => {
  await page.goto('/health');
  await expect(page.locator('[data-job="reconcile"]')).toContainText('overdue');
  await expect(page.locator('[data-job="sweep"]')).toContainText('fine');
  await expect(page.locator('[data-job="sweep"]')).toContainText('Writes nudged 2');
  await expect(page.locator('[data-budget]')).toContainText('310 of 5000');
  await expect(page.locator('[data-figure="Webhooks missing"] b')).toHaveText('3');
});

test('repositories: how each webhook stands, and one click repairs it', async ({ page }) => {
  await page.goto('/automation');
  const web = page.locator('[data-repo="octo-org/web"]');
  await expect(web).toContainText('Its secret is another one');
  await expect(web).toContainText('3 deliveries never came');
  await page.getByRole('button', { name: 'Repair the webhook of octo-org/web' }).click();
  await expect(web).not.toContainText('Its secret is another one');
  await expect(page.locator('[data-repo="octo-org/docs"]')).toContainText('not looked at yet');
});

test('agents: stop an attempt, hand work to another, be refused', async ({ page }) => {
  await page.goto('/agents');
  const claims = page.locator('[data-claim]');
  await expect(claims.first()).toBeVisible();
  const before = await claims.count();
  const first = (await claims.first().getAttribute('data-claim')) ?? '';
  await claims.first().getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('It hangs since noon.');
  const stopped = page.waitForRequest((request) => request.url().endsWith(`/api/claims/${first}/stop`));
  await dialog.getByRole('button', { name: 'Stop it' }).click();
  expect((await stopped).postDataJSON()).toEqual({ reason: 'It hangs since noon.' });
  await expect(page.locator(`[data-claim="${first}"]`)).toHaveCount(0);
  await expect(claims).toHaveCount(before - 1);

  await claims.first().getByRole('button').click();
  await dialog.getByRole('radio', { name: 'Reassign' }).check();
  await dialog.getByRole('button', { name: 'Reassign it' }).click();
  await expect(dialog.getByRole('alert')).toContainText('which agent');
  const to = dialog.getByRole('combobox');
  await to.selectOption({ index: 1 });
  const name = await to.inputValue();
  await dialog.getByRole('button', { name: 'Reassign it' }).click();
  await expect(page.locator('#said')).toHaveText(new RegExp(`is ${name}'s`));
});

test('repositories: limits, kept labels and whose issues agents see, of one and of all', async ({ page }) => {
  await page.goto('/automation');
  const api = page.locator('[data-repo="octo-org/api"]');
  await expect(api).toContainText('2 of 5 claimed');
  await expect(api.locator('.warn')).toHaveText('3 of 3 to review');
  await page.getByRole('button', { name: 'Limits of octo-org/api' }).click();
  const dialog = page.getByRole('dialog');
  expect(await axe(page)).toEqual([]);
  const wip = dialog.getByLabel('Active claims at the same time');
  await expect(wip).toHaveValue('5');
  await wip.fill('a few');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('whole number');
  await wip.fill('20000');
  await wip.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('from 0 to 10000');
  await wip.fill('2');
  await dialog.getByLabel('Results that wait for people').fill('');
  await dialog.getByLabel('Labels that keep an issue from agents').fill('no-agents\nlegal, hold\n');
  await dialog.getByLabel('Agents see').selectOption('trusted');
  const sent = page.waitForRequest((request) => request.url().endsWith('/octo-org/api/limits'));
  await dialog.getByRole('button', { name: 'Save' }).click();
  expect((await sent).postDataJSON()).toEqual({ wipLimit: 2, reviewLimit: null, excludedLabels: ['no-agents', 'legal, hold'] });
  await expect(api.locator('.warn')).toHaveText('2 of 2 claimed');
  await expect(api).toContainText('Kept from agents: no-agents, legal, hold');
  await expect(api).toContainText('others once they are approved');
  await expect(api).not.toContainText('to review');

  await page.getByRole('button', { name: 'Change whose issues agents see' }).click();
  await dialog.getByLabel('Agents see').selectOption('trusted');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#said')).toHaveText(/^Agents see issues of people with write access/);
  await expect(page.locator('.intake')).toContainText('others once they are approved');
});
