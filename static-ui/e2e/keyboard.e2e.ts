import { card, column, expect, firstIn, focused, scene, setToy, settle, test } from './scene';

test.beforeEach(({ request }) => scene(request));

test('the whole journey without a pointer', async ({ page }) => {
  await page.goto('/board');
  const first = await firstIn(page, 'backlog');
  // One tab stop for the board, after the filter.
  await page.getByRole('button', { name: 'Dense cards' }).focus();
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

test('what has to be typed has the focus, and the card has it afterwards', async ({ page }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await card(page, id).locator('h3 a').focus();
  await page.keyboard.press('m');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Why is it blocked?')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe(id);
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

test('Enter opens the issue, and back one stands on the same card', async ({ page, request }) => {
  await scene(request, { cards: 5 });
  await page.goto('/board');
  await card(page, await firstIn(page, 'backlog')).locator('h3 a').focus();
  await page.keyboard.press('End');
  await expect.poll(async () => card(page, (await focused(page)) ?? '').getAttribute('aria-posinset')).toBe('190');
  const last = (await focused(page))!;
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/issues\/octo-org\/\w+\/\d+$/);
  await page.goBack();
  await expect(card(page, last)).toBeInViewport();
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await expect.poll(() => focused(page)).toBe(last);
});

test('a card is lifted, carried and dropped by keys, and nothing is sent on the way', async ({ page, request }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await card(page, id).locator('h3 a').focus();
  await page.keyboard.press(' ');
  await expect(page.locator('#said')).toContainText(/lifted from Ready\. Left and right choose a column, space drops, escape cancels\./);
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('#said')).toHaveText(/^In Progress/);
  await page.keyboard.press('Escape');
  await expect(page.locator('#said')).toContainText('nothing moved');
  expect((await setToy(request, {})).moves).toEqual([]);

  await page.keyboard.press(' ');
  await page.keyboard.press('Control+End');
  await expect(page.locator('#said')).toContainText('Done: close the issue on GitHub.');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press(' ');
  await expect(column(page, 'in-review').locator(`[data-issue-id="${id}"]`)).toContainText('Pending on GitHub');
  await expect.poll(() => focused(page)).toBe(id);
  expect((await setToy(request, {})).moves).toEqual([{ issueId: id, status: 'in-review' }]);
});

test('several cards are selected and moved by keys, and the move is undone', async ({ page, request }) => {
  await page.goto('/board');
  await card(page, await firstIn(page, 'ready')).locator('h3 a').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('3 cards selected');
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: 'Backlog' }).press('Enter');
  await expect(page.locator('#said')).toContainText('3 cards moved from Ready to Backlog. Pending on GitHub.');
  await expect(column(page, 'ready').locator('h2')).toContainText('23');
  const { moves } = await setToy(request, {});
  expect(moves.map(({ status }) => status)).toEqual(['backlog', 'backlog', 'backlog']);
  for (const { issueId } of moves) await settle(request, issueId);
  await page.keyboard.press('z');
  await expect(column(page, 'ready').locator('h2')).toContainText('26');
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Selection' })).toHaveCount(0);
});

test('priority, lane and owner by keys, of one card and of several', async ({ page, request }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await card(page, id).locator('h3 a').focus();
  await page.keyboard.press('p');
  await page.getByRole('menuitemradio', { name: 'P0' }).press('Enter');
  await expect(card(page, id).locator('.p0')).toBeVisible();
  await expect(page.locator('#said')).toContainText('priority p0. Pending on GitHub.');
  await expect.poll(() => focused(page)).toBe(id);
  await settle(request, id);

  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  const second = (await focused(page))!;
  await setToy(request, { refuse: { [second]: 'It is being moved to another repository.' } });
  await page.keyboard.press('a');
  await page.getByRole('menuitem', { name: 'Somebody else…' }).press('Enter');
  await page.getByLabel('Name of the owner').fill('not a name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('letters, digits and hyphens');
  await page.getByLabel('Name of the owner').fill('Zoe');
  await page.keyboard.press('Enter');
  await expect(card(page, id).locator('.avatar')).toHaveAttribute('title', 'owner zoe');
  await expect(page.locator('#said')).toContainText('The owner of 1 of 2 cards was not changed: #');
  await expect(card(page, second).locator('.avatar[title="owner zoe"]')).toHaveCount(0);
  const { edits } = await setToy(request, {});
  expect(edits).toEqual([
    { issueId: id, what: 'priority', value: 'p0' },
    { issueId: id, what: 'owner', value: 'zoe' },
    { issueId: second, what: 'owner', value: 'zoe' },
  ]);
});
