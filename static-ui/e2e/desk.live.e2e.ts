// Why work stands still, and how an operator sets it going again, against the real stack: see stack.ts.
import { expect, test } from '@playwright/test';
import { card } from './scene';
import { SOON_MS, ana, confirmed, find, idOf, labelsOnGitHub, open, someRepository, stack, takenAndKilled, unique } from './stack';

test.beforeAll(() => void stack());

test('a lane is paused, its issue says on its card and on its page why nobody gets it, and goes on with the lane', { tag: '@signed-in' }, async ({ page }) => {
  const title = unique();
  const lane = title.replace(' ', '-');
  await open(page, '/lanes');
  await page.getByRole('button', { name: 'New lane' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(lane);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: `Pause ${lane}` }).click();
  await expect(page.locator(`[data-lane="${lane}"]`)).toContainText('paused');

  const repo = await someRepository(page.request);
  await ana(page.request, { action: 'open_issue', repo, title, body: 'Work.', labels: ['status/ready', `lane/${lane}`] });
  const id = await idOf(page.request, title);
  await page.goto('/board');
  await find(page, title);
  await expect(card(page, id)).toContainText(/On hold: .*paused/);
  await card(page, id).locator('h3 a').click();
  const work = page.locator('[data-explain="implement"]');
  await expect(work).toHaveAttribute('data-claimable', 'false');
  await expect(work.locator('.failed')).toHaveCount(1);
  await expect(work.locator('.failed[data-gate="lane_paused"]')).toContainText(lane);

  await page.goto('/lanes');
  await page.getByRole('button', { name: `Resume ${lane}` }).click();
  await expect(page.locator(`[data-lane="${lane}"]`)).not.toContainText('paused');
  await page.goBack();
  await expect(work.locator('[data-gate="lane_paused"]:not(.failed)')).toHaveCount(1, { timeout: SOON_MS });
});

test('work is taken from an agent that was killed, and its late word changes nothing', { tag: '@signed-in' }, async ({ page }) => {
  const title = unique();
  const agent = title.replace(' ', '-');
  await open(page, '/agents');
  await page.getByRole('button', { name: 'Register an agent' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(agent);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: `Tokens of ${agent}` }).click();
  await dialog.getByRole('button', { name: 'Make a token' }).click();
  const token = (await dialog.locator('[data-secret]').textContent())!;
  await page.keyboard.press('Escape');

  // In a lane of its own, so that no agent of a living demo is quicker.
  const repo = await someRepository(page.request);
  await ana(page.request, { action: 'open_issue', repo, title, body: 'Work.', labels: ['status/ready', `lane/${agent}`] });
  const issueId = await idOf(page.request, title);
  const claim = await takenAndKilled(page, agent, token, agent);
  await expect.poll(() => labelsOnGitHub(page.request, issueId), { timeout: SOON_MS }).toEqual(expect.arrayContaining(['status/in-progress', `agent/${agent}`]));

  // Nothing more is heard of it; nobody has to wait until its lease has run out.
  const held = page.locator(`[data-claim="${claim.id}"]`);
  await expect(held).toContainText(agent, { timeout: SOON_MS });
  await expect(held).toContainText(/1[0-5] min left/);
  await held.getByRole('button', { name: 'Step in' }).click();
  await dialog.getByRole('radio', { name: 'Release' }).check();
  await dialog.getByLabel('Why').fill('Its machine is gone.');
  await dialog.getByRole('button', { name: 'Release it' }).click();
  await expect(held).toHaveCount(0, { timeout: SOON_MS });
  await page.goto('/board');
  await find(page, title);
  await confirmed(page, issueId, 'ready');
  await expect(card(page, issueId).locator('.claim')).toHaveCount(0);
  expect(await labelsOnGitHub(page.request, issueId)).not.toContain(`agent/${agent}`);

  // It comes back after all: its claim is not its own any more, and it gets the work anew.
  const headers = { authorization: `Bearer ${token}` };
  const late = await page.request.post(`/api/claims/${claim.id}/renew`, { headers, data: { fence: claim.fence } });
  expect(late.status()).toBe(409);
  expect(await late.json()).toMatchObject({ error: 'claim_lost' });
  const again = await page.request.post('/api/claims', { headers, data: { issueId } });
  expect(await again.json()).toMatchObject({ claim: { attempt: 2 }, previousAttempts: [{ id: claim.id }] });
});
