import { card, column, expect, firstIn, focused, moveByMenu, scene, setToy, settle, test } from './scene';

test.beforeEach(({ request }) => scene(request));

test('shows the columns with their counts and only the cards in view', async ({ page }) => {
  await page.goto('/');
  const titles = ['Backlog 38', 'Ready 26', 'In Progress 12', 'In Review 14', 'Blocked 7', 'Done 23'];
  for (const [i, title] of titles.entries()) await expect(page.locator('section h2').nth(i)).toContainText(`${title} cards`);
  await expect(page.locator('[data-live="live"]')).toBeVisible();
  expect(await column(page, 'backlog').locator('[data-issue-id]').count()).toBeLessThan(20);
  await expect(column(page, 'in-progress').locator('h2')).toContainText('11 of 18 held');
  await expect(column(page, 'in-progress').locator('.claim').first()).toContainText(/min left/);
  await expect(column(page, 'blocked').locator('.note').first()).toContainText('Needs a decision:');
});

test('a long board keeps few cards in the page, and scrolling shows the rest', async ({ page, request }) => {
  await scene(request, { cards: 40 });
  await page.goto('/board');
  await expect(column(page, 'backlog').locator('h2')).toContainText('1520');
  expect(await page.locator('[data-issue-id]').count()).toBeLessThan(120);
  await column(page, 'backlog').locator('.scroller').evaluate((element) => (element.scrollTop = element.scrollHeight));
  await expect(column(page, 'backlog').locator('[aria-posinset="1520"]')).toBeVisible();
});

test('a move by menu is one request, pending at once, confirmed by the feed', async ({ page, request }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await moveByMenu(page, id, 'in-review');
  await expect(column(page, 'in-review').locator(`[data-issue-id="${id}"]`)).toContainText('Pending on GitHub');
  await expect(page.locator('#said')).toContainText(/moved from Ready to In Review\. Pending on GitHub/);
  expect(await focused(page)).toBe(id);
  await expect(column(page, 'ready').locator('h2')).toContainText('25');
  await settle(request, id);
  await expect(card(page, id)).not.toContainText('Pending on GitHub');
  await expect(column(page, 'in-review').locator(`[data-issue-id="${id}"]`)).toBeVisible();
  const { moves } = await setToy(request, {});
  expect(moves).toEqual([{ issueId: id, status: 'in-review' }]);
});

test('a refusal puts the card back with the reason, and the focus stays on it', async ({ page, request }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await setToy(request, { refuse: { [id]: 'An open pull request still refers to it.' } });
  await moveByMenu(page, id, 'backlog');
  const back = column(page, 'ready').locator(`[data-issue-id="${id}"]`);
  await expect(back).toContainText('Not moved to Backlog: An open pull request still refers to it.');
  await expect(back).toHaveAttribute('aria-posinset', '1');
  await expect(page.locator('#said')).toContainText('It is back in Ready.');
  await expect.poll(() => focused(page)).toBe(id);
  await back.getByRole('button', { name: /Dismiss/ }).click();
  await expect(back).not.toContainText('Not moved');
});

test('Blocked asks for a reason, Done says how to get there', async ({ page }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await card(page, id).locator('.more').click();
  const done = page.locator('[data-to="done"]');
  await expect(done).toHaveAttribute('aria-disabled', 'true');
  await expect(done).toContainText('close the issue on GitHub');
  await page.locator('[data-to="blocked"]').click();
  await page.getByRole('button', { name: 'Move to Blocked' }).click();
  await expect(page.getByRole('alert')).toHaveText('A blocked card needs a reason.');
  await page.getByLabel('Why is it blocked?').fill('Which format?');
  await page.getByRole('button', { name: 'Move to Blocked' }).click();
  await expect(column(page, 'blocked').locator(`[data-issue-id="${id}"]`)).toBeVisible();
  expect(await focused(page)).toBe(id);
});

test('a failed write says why and is tried again with one click', async ({ page, request }) => {
  await scene(request, { showcase: true });
  await page.goto('/board');
  const failed = page.locator('[data-issue-id]', { hasText: 'Write failed: GitHub says the repository is archived (403)' });
  await expect(failed).toBeVisible();
  await failed.getByRole('button', { name: /Retry/ }).click();
  await expect(page.locator('[data-issue-id]', { hasText: 'Write failed' })).toHaveCount(0);
});

test('a change by somebody else arrives by itself, and the focus follows its card', async ({ page, request }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await card(page, id).locator('h3 a').focus();
  await settle(request, id, { status: 'blocked', blocked: { kind: 'waiting', reason: 'Waiting for a release' } });
  await expect(column(page, 'blocked').locator(`[data-issue-id="${id}"]`)).toContainText('Waiting for a release');
  await expect.poll(() => focused(page)).toBe(id);
});

test('a person on GitHub wins over a pending move, and it is said', async ({ page, request }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await moveByMenu(page, id, 'in-review');
  await expect(column(page, 'in-review').locator(`[data-issue-id="${id}"]`)).toBeVisible();
  await settle(request, id, { status: 'backlog' });
  await expect(page.locator('#said')).toContainText('was changed on GitHub meanwhile: it is in Backlog, not in In Review.');
  await expect(column(page, 'backlog').locator(`[data-issue-id="${id}"]`)).toBeVisible();
});

test('filters live in the address and are undone by one button', async ({ page }) => {
  await page.goto('/board');
  await page.getByLabel('Filter by words').fill('webhook');
  await page.getByLabel('Repository').selectOption('octo-org/api');
  await expect(page).toHaveURL(/\/board\?q=webhook&repo=octo-org%2Fapi$/);
  for (const repo of await page.locator('.repo').allTextContents()) expect(repo).toBe('api');
  await page.reload();
  await expect(page.getByLabel('Filter by words')).toHaveValue('webhook');
  await expect(page.getByText(/^\d+ of 120 cards$/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(page).toHaveURL(/\/board$/);
  await expect(page.getByText('120 cards').first()).toBeVisible();
});

test('details tell everything and give the focus back', async ({ page }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'blocked');
  await card(page, id).locator('.num').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Which of the two formats should the export use?');
  await expect(dialog).toContainText('See two pull requests for one issue');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe(id);
});

test('without an answer the board says so and offers to try again', async ({ page, request }) => {
  await scene(request, { down: true });
  await page.goto('/board');
  await expect(page.getByRole('alert')).toContainText('The board could not be loaded.');
  await expect(page.getByRole('alert')).toContainText('The database does not answer.');
  await setToy(request, { down: false });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(column(page, 'ready').locator('h2')).toContainText('26');
});

test('an empty board says what fills it', async ({ page, request }) => {
  await scene(request, { empty: 'untracked' });
  await page.goto('/board');
  await expect(page.getByText('No repository is tracked yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Track a repository' }).click();
  await expect(page.getByRole('heading', { name: 'Repositories' })).toBeVisible();
});

test('on a narrow screen one column shows at a time', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto('/board');
  await expect(page.locator('section[data-status]')).toHaveCount(1);
  await page.getByRole('button', { name: /^In Review/ }).click();
  await expect(column(page, 'in-review')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('what needs me: decisions, failed writes and reviews, owned by me or nobody', async ({ page, request }) => {
  await scene(request, { showcase: true });
  await page.goto('/board');
  await page.getByRole('button', { name: 'Needs me' }).click();
  await expect(page).toHaveURL(/\?needs=me$/);
  await expect(column(page, 'in-progress').locator('h2')).toContainText('1 of 12');
  await expect(column(page, 'done').locator('h2')).toContainText('0 of 23');
  await expect(column(page, 'in-review').locator('[data-issue-id]', { hasText: 'Write failed' })).toBeVisible();
  const everybody = await page.locator('.count', { hasText: 'of 120 cards' }).textContent();
  await page.getByLabel('Who you are').selectOption('ana');
  await expect(page.locator('.count', { hasText: 'of 120 cards' })).not.toHaveText(everybody!);
  await expect(page.locator('[data-issue-id] .avatar[title^="owner"]:not([title*="ana"])')).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel('Who you are')).toHaveValue('ana');
  await page.getByLabel('Who you are').selectOption('Anybody');
  await expect(page.locator('.count', { hasText: 'of 120 cards' })).toHaveText(everybody!);
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(page.getByText('120 cards').first()).toBeVisible();
});

test('what the feed does not tell is read again now and then: the time alone may change a card', async ({ page }) => {
  await page.clock.install();
  await page.goto('/board');
  await expect(page.locator('[data-live="live"]')).toBeVisible();
  const again = page.waitForRequest((request) => request.url().endsWith('/api/board'));
  await page.clock.fastForward('02:10');
  await again;
});

test('an old board that still holds sets no clock back', async ({ page }) => {
  await page.goto('/board');
  const left = column(page, 'in-progress').locator('.claim').first();
  const words = await left.textContent();
  await page.route('**/api/board', async (route) => {
    const response = await route.fetch();
    const board = (await response.json()) as object;
    await route.fulfill({ response, json: { ...board, generatedAt: new Date(Date.now() - 10 * 60_000).toISOString() } });
  });
  await page.reload();
  await expect(left).toHaveText(words!);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('a view is saved, found again after a reload, and forgotten', async ({ page }) => {
  await page.goto('/board?owner=ana&type=bug');
  await expect(column(page, 'ready')).toBeVisible();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByLabel('Name of the view').fill('Bugs of Ana');
  await page.keyboard.press('Enter');
  await page.goto('/board');
  await page.getByRole('button', { name: 'All cards' }).click();
  await page.getByRole('menuitemradio', { name: 'Bugs of Ana' }).click();
  await expect(page).toHaveURL(/\?owner=ana&type=bug$/);
  await page.getByRole('button', { name: 'Bugs of Ana' }).click();
  await page.getByRole('menuitem', { name: 'Forget “Bugs of Ana”' }).click();
  await expect(page.getByRole('button', { name: 'Views' })).toBeFocused();
});

test('dense cards are smaller, stay so after a reload, and can do the same', async ({ page }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  const tall = (await card(page, id).boundingBox())!.height;
  await page.keyboard.press('.');
  await expect.poll(async () => (await card(page, id).boundingBox())!.height).toBeLessThan(tall / 2);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Dense cards' })).toHaveAttribute('aria-pressed', 'true');
  await moveByMenu(page, id, 'in-review');
  await expect(column(page, 'in-review').locator(`[data-issue-id="${id}"]`)).toContainText('Pending');
});
