// Dragging, by mouse and by finger.
import type { CDPSession, Locator, Page } from '@playwright/test';
import { card, column, expect, firstIn, focused, scene, setToy, settle, test } from './scene';

test.beforeEach(({ request }) => scene(request));

async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  const box = (await locator.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 60) };
}

async function carry(page: Page, issueId: string, status: string): Promise<void> {
  const from = await middle(card(page, issueId));
  const to = await middle(column(page, status));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 4);
  await page.mouse.move(to.x, to.y, { steps: 6 });
}

test('a card is dragged to another column by mouse, one request, the focus goes along', async ({ page, request }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await carry(page, id, 'in-review');
  await expect(page.locator('.ghost')).toBeVisible();
  await expect(column(page, 'in-review')).toHaveClass(/over/);
  expect((await setToy(request, {})).moves).toEqual([]);
  await page.mouse.up();
  await expect(page.locator('.ghost')).toHaveCount(0);
  await expect(column(page, 'in-review').locator(`[data-issue-id="${id}"]`)).toContainText('Pending on GitHub');
  await expect.poll(() => focused(page)).toBe(id);
  await expect(page).toHaveURL(/\/board$/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await setToy(request, {})).moves).toEqual([{ issueId: id, status: 'in-review' }]);
});

test('Escape calls it off, and a drop on Done says what to do instead', async ({ page, request }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await carry(page, id, 'blocked');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.locator('.ghost')).toHaveCount(0);
  await expect(column(page, 'ready').locator(`[data-issue-id="${id}"]`)).toBeVisible();
  await carry(page, id, 'done');
  await page.mouse.up();
  await expect(page.locator('#said')).toContainText('cannot go to Done: close the issue on GitHub. It stays where it is.');
  expect((await setToy(request, {})).moves).toEqual([]);
});

test('all selected cards go along, and what the server refuses comes back', async ({ page, request }) => {
  await page.goto('/board');
  const ready = column(page, 'ready').locator('[data-issue-id]');
  const ids = [0, 1, 2].map((i) => ready.nth(i).getAttribute('data-issue-id'));
  const [one, two, three] = (await Promise.all(ids)) as [string, string, string];
  await setToy(request, { refuse: { [two]: 'An open pull request still refers to it.' } });
  await card(page, one).locator('.num').click({ modifiers: ['ControlOrMeta'] });
  await card(page, three).locator('.num').click({ modifiers: ['Shift'] });
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('3 cards selected');
  await carry(page, two, 'backlog');
  await expect(page.locator('.ghost')).toHaveAttribute('data-count', '3');
  await page.mouse.up();
  await expect(column(page, 'backlog').locator(`[data-issue-id="${one}"]`)).toBeVisible();
  await expect(column(page, 'ready').locator(`[data-issue-id="${two}"]`)).toContainText('Not moved to Backlog');
  await expect(page.locator('#said')).toContainText('1 of 3 cards could not be moved to Backlog');
});

test('a card in the hand is not taken away by the feed', async ({ page, request }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  const other = await column(page, 'ready').locator('[data-issue-id]').nth(1).getAttribute('data-issue-id');
  await carry(page, id, 'in-review');
  await settle(request, id, { status: 'blocked' });
  await settle(request, other!, { status: 'blocked' });
  await expect(column(page, 'blocked').locator(`[data-issue-id="${other}"]`)).toBeVisible({ timeout: 10_000 });
  await expect(column(page, 'ready').locator(`[data-issue-id="${id}"]`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(column(page, 'blocked').locator(`[data-issue-id="${id}"]`)).toBeVisible();
  await page.mouse.up();
});

test.describe('by finger', () => {
  test.use({ hasTouch: true, viewport: { width: 1024, height: 800 } });

  async function touch(cdp: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) {
    await cdp.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  }

  test('a card that a finger rests on is carried', async ({ page, request }) => {
    await page.goto('/board');
    const id = await firstIn(page, 'ready');
    const cdp = await page.context().newCDPSession(page);
    const from = await middle(card(page, id));
    const to = await middle(column(page, 'backlog'));
    await touch(cdp, 'touchStart', from);
    await expect(page.locator('.ghost')).toBeVisible();
    for (let step = 1; step <= 5; step += 1) await touch(cdp, 'touchMove', { x: from.x + ((to.x - from.x) * step) / 5, y: from.y + ((to.y - from.y) * step) / 5 });
    await expect(column(page, 'backlog')).toHaveClass(/over/);
    await touch(cdp, 'touchEnd');
    await expect(column(page, 'backlog').locator(`[data-issue-id="${id}"]`)).toContainText('Pending on GitHub');
    expect((await setToy(request, {})).moves).toEqual([{ issueId: id, status: 'backlog' }]);
  });

  test('a finger that moves at once scrolls, and lifts nothing', async ({ page, request }) => {
    await page.goto('/board');
    const cdp = await page.context().newCDPSession(page);
    const from = await middle(card(page, await firstIn(page, 'ready')));
    await touch(cdp, 'touchStart', { x: from.x, y: from.y + 300 });
    for (let step = 1; step <= 10; step += 1) await touch(cdp, 'touchMove', { x: from.x, y: from.y + 300 - step * 25 });
    await expect.poll(() => column(page, 'ready').locator('.scroller').evaluate((element) => element.scrollTop)).toBeGreaterThan(50);
    await expect(page.locator('.ghost')).toHaveCount(0);
    await touch(cdp, 'touchEnd');
    expect((await setToy(request, {})).moves).toEqual([]);
  });

  test('on a phone a card is dropped on the name of a column', async ({ page, request }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto('/board');
    const id = await firstIn(page, 'ready');
    const cdp = await page.context().newCDPSession(page);
    const [from, to] = [await middle(card(page, id)), await middle(page.locator('button[data-drop="backlog"]'))];
    await touch(cdp, 'touchStart', from);
    await expect(page.locator('.ghost')).toBeVisible();
    await touch(cdp, 'touchMove', { x: to.x + 30, y: to.y + 30 });
    await touch(cdp, 'touchMove', to);
    await touch(cdp, 'touchEnd');
    await expect.poll(async () => (await setToy(request, {})).moves).toEqual([{ issueId: id, status: 'backlog' }]);
  });
});
