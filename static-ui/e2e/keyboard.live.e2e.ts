// An operator's day without a pointer, against the real stack: see stack.ts. Every control is reached by Tab.
import { type Locator, type Page, expect, test } from '@playwright/test';
import { card, focused } from './scene';
import { SOON_MS, ana, confirmed, find, idOf, loseNetwork, onGitHub, onLabels, open, rolledBack, someRepository, stack, takenAndKilled, unique } from './stack';

/** As many stops as one may have to pass; a page with more is not for keyboards. */
const MOST_STOPS = 120;

test.beforeAll(() => void stack());

/** Tabs until this has the focus. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible({ timeout: SOON_MS });
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by ${MOST_STOPS} tabs: ${target}`);
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('found, moved, explained, held back, refused and tried again, added and synced, all by keys', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page, '/board');
  const title = unique();
  const lane = title.replace(' ', '-');
  const repo = await someRepository(page.request);
  await ana(page.request, { action: 'open_issue', repo, title, body: 'Work.', labels: ['status/backlog', `lane/${lane}`] });
  const id = await idOf(page.request, title);

  // Its lane is paused first.
  await press(page, 'g', 'l');
  await reach(page, page.getByRole('button', { name: `Pause ${lane}` }));
  await press(page, 'Enter');
  await expect(page.locator(`[data-lane="${lane}"]`)).toContainText('paused', { timeout: SOON_MS });

  // Lifted into Ready, where it says what holds it back, and blocked by the menu, with a reason.
  await press(page, 'g', 'b');
  await expect(page.locator('[data-issue-id]').first()).toBeVisible();
  await find(page, title);
  const link = card(page, id).locator('h3 a');
  await reach(page, link);
  await press(page, ' ', 'ArrowRight', ' ');
  await confirmed(page, id, 'ready');
  await expect(card(page, id)).toContainText(/On hold: .*paused/);
  await expect.poll(() => focused(page)).toBe(id);
  await press(page, 'Enter');
  await expect(page.locator('.failed[data-gate="lane_paused"]')).toContainText(lane);
  await page.goBack();
  await reach(page, link);
  await press(page, 'm');
  await expect(page.getByRole('menu')).toBeVisible();
  await press(page, 'b', 'Enter');
  await expect(page.getByLabel('Why is it blocked?')).toBeFocused();
  await page.keyboard.type('Which of the two?');
  await press(page, 'Control+Enter');
  await confirmed(page, id, 'blocked');
  await expect(card(page, id)).toContainText('Which of the two?');

  // GitHub refuses the next move; the inbox has it, and one key tries it again.
  await onLabels(page, id, { kind: 'server_error', status: 403 });
  await reach(page, link);
  await press(page, ' ', 'Control+Home', ' ');
  await rolledBack(page, id, 'blocked', /GitHub refuses labels of .*: Server Error/);
  await press(page, 'g', 'n');
  const failed = page.locator('[data-kind="write_failed"] li', { hasText: title });
  await reach(page, failed.getByRole('button', { name: /Retry the write/ }));
  await press(page, 'Enter');
  await expect(failed).toHaveCount(0, { timeout: SOON_MS });
  await press(page, 'g', 'b');
  await find(page, title);
  await confirmed(page, id, 'backlog');

  // A repository is added, and its first sync watched.
  const added = `octo-demo/${lane}`;
  await ana(page.request, { action: 'create_repository', repo: added });
  await ana(page.request, { action: 'open_issue', repo: added, title: 'One', body: '', labels: [] });
  await press(page, 'Escape', 'Escape', 'g', 'r');
  await reach(page, page.getByLabel('Track a repository'));
  await page.keyboard.type(added);
  await onGitHub(page.request, 'faults', { kind: 'slow', ms: 1200, times: 3, on: `GET /repos/${added}*` });
  await press(page, 'Enter');
  await expect(page.locator(`[data-run="${added}"]`)).toContainText('0 of 1 repositories');
  await expect(page.getByText(`Synced ${added}: 1 issue`)).toBeVisible({ timeout: SOON_MS });
});

test('an agent is registered and killed, its work is taken from it, and a minute without network passes, all by keys', async ({ page }) => {
  test.setTimeout(240_000);
  const title = unique();
  const agent = title.replace(' ', '-');
  await open(page, '/board');
  await press(page, 'g', 'a');
  await reach(page, page.getByRole('button', { name: 'Register an agent' }));
  await press(page, 'Enter');
  const dialog = page.getByRole('dialog');
  await reach(page, dialog.getByLabel('Name'));
  await page.keyboard.type(agent);
  await press(page, 'Enter');
  await reach(page, page.getByRole('button', { name: `Tokens of ${agent}` }));
  await press(page, 'Enter');
  await reach(page, dialog.getByRole('button', { name: 'Make a token' }));
  await press(page, 'Enter');
  const token = (await dialog.locator('[data-secret]').textContent())!;
  await press(page, 'Escape');
  const repo = await someRepository(page.request);
  await ana(page.request, { action: 'open_issue', repo, title, body: 'Work.', labels: ['status/ready', `lane/${agent}`] });
  const id = await idOf(page.request, title);
  const claim = await takenAndKilled(page, agent, token, agent);

  const held = page.locator(`[data-claim="${claim.id}"]`);
  await reach(page, held.getByRole('button', { name: 'Step in' }));
  await press(page, 'Enter');
  await reach(page, dialog.getByRole('radio', { name: 'Stop' }));
  await press(page, 'ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'Release' })).toBeChecked();
  await reach(page, dialog.getByLabel('Why'));
  await page.keyboard.type('Its machine is gone.');
  await reach(page, dialog.getByRole('button', { name: 'Release it' }));
  await press(page, 'Enter');
  await expect(held).toHaveCount(0, { timeout: SOON_MS });
  await press(page, 'g', 'b');
  await expect(page.locator('[data-issue-id]').first()).toBeVisible();
  await find(page, title);
  await confirmed(page, id, 'ready');

  const meanwhile = unique();
  await press(page, 'Escape', 'Escape');
  await loseNetwork(page, () => ana(page.request, { action: 'open_issue', repo, title: meanwhile, labels: ['status/backlog'] }));
  await find(page, meanwhile);
});
