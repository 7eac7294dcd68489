// The page of one issue, and what hostile texts become on every page that shows them.
import { axe, card, column, expect, firstIn, scene, settle, test } from './scene';

test.beforeEach(({ request }) => scene(request));

test('an issue has an address; it shows text, attempts, pull requests and what led to what', async ({ page }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'in-review');
  await card(page, id).locator('h3 a').click();
  await expect(page).toHaveURL(/\/issues\/octo-org\/\w+\/123$/);
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);

  const text = page.locator('.markdown');
  await expect(text.locator('h4')).toHaveText('What happens');
  await expect(text.locator('pre code')).toContainText('claim.renew(fence');
  await expect(text.locator('td')).toHaveText(['2.3', 'yes', '2.4', 'maybe no']);
  await expect(text.getByRole('checkbox').first()).toBeChecked();
  await expect(text).toContainText('It used to work — before');
  await expect(text).not.toContainText('Thank you for the report');
  await expect(text.getByRole('link', { name: '#12', exact: true })).toHaveAttribute('href', /^https:\/\/github\.com\/octo-org\/\w+\/issues\/12$/);
  await expect(page.locator('img:not([alt=""])')).toHaveCount(0);

  await expect(page.locator('[data-claim="9"]')).toContainText('Pull request opened');
  await expect(page.locator('[data-claim="9"]')).toContainText('853.6 k tokens · $3.18');
  await expect(page.locator('[data-claim="7"]')).toContainText('Expired');
  await page.locator('[data-claim="7"] summary').click();
  await expect(page.locator('[data-claim="7"] pre')).toContainText('read the clock once');
  await expect(page.getByRole('region', { name: 'Pull requests' })).toContainText('2 checks fail: lint, test (windows)');

  const story = page.locator('[data-story="72d3162e-cc78-11e3-81ab-4c9367dc0958"]');
  await expect(story.locator('[data-what]')).toHaveCount(4);
  expect(await story.locator('[data-what]').evaluateAll((entries) => entries.map((entry) => (entry as HTMLElement).dataset.what))).toEqual(['delivery.applied', 'issue.changed', 'write.wanted', 'write.applied']);
  await expect(story).toContainText('72d3162e-cc78-11e3-81ab-4c9367dc0958');
});

test('why it is or is not handed out: every gate, what it waits for, its place', async ({ page }) => {
  await page.goto('/board');
  const held = column(page, 'ready').locator('[data-issue-id]', { hasText: 'blocked by octo-org/api#12' });
  await column(page, 'ready').locator('.scroller').evaluate((element) => (element.scrollTop = 500));
  await held.locator('h3 a').click();
  const panel = page.getByRole('region', { name: 'Why it is or is not handed out' });
  await expect(panel.locator('[data-explain="implement"]')).toHaveAttribute('data-claimable', 'false');
  await expect(panel).toContainText('One gate holds it back.');
  await expect(panel.locator('.failed[data-gate="dependencies"]')).toContainText('It waits for octo-org/api#12, which is open. Finish what it waits for.');
  await panel.getByText('5 gates passed').click();
  await expect(panel.locator('[data-gate="claim"]')).toContainText('Nobody holds it.');
  await expect(panel.getByRole('link', { name: 'octo-org/api#12' })).toHaveAttribute('href', '/issues/octo-org/api/12');
  await expect(panel).toContainText('3 issues ahead of it in its lane');
});

test("a stranger's text is approved where it is read, and only as it was read", async ({ page }) => {
  await page.route('**/explain', async (route) => {
    const response = await route.fetch();
    const told = (await response.json()) as { work: { gates: object[] }[] };
    told.work[0]!.gates.unshift({ code: 'approved', passed: false, message: 'Its text is by eve, who is not trusted here.', remedy: 'Read it and approve it.', retryAt: null });
    await route.fulfill({ response, json: told });
  });
  await page.route('**/approve', (route) => route.fulfill({ status: 409, json: { error: 'conflict', message: 'It was edited since you read it.', details: {} } }));
  await page.goto('/board');
  await column(page, 'ready').locator('[data-issue-id] h3 a').first().click();
  const read = await (await page.waitForResponse(/\/api\/issues\/\d+$/)).json();
  const asked = page.waitForRequest('**/approve');
  await page.locator('.failed[data-gate="approved"]').getByRole('button', { name: 'Approve its text' }).click();
  expect((await asked).postDataJSON()).toEqual({ textSha256: (read as { textSha256: string }).textSha256 });
  await expect(page.locator('#said')).toHaveText('Not approved. It was edited since you read it.');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('it is moved from its page, follows what others do, and says when it is not known', async ({ page, request }) => {
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  await card(page, id).locator('h3 a').click();
  await page.getByRole('button', { name: 'Move…' }).click();
  await page.getByRole('menuitem', { name: 'Backlog' }).click();
  await expect(page.locator('main .status')).toHaveText('Backlog');
  await expect(page.locator('main .notes')).toContainText('Pending on GitHub');
  await settle(request, id, { status: 'in-review' });
  await expect(page.locator('main .status')).toHaveText('In Review', { timeout: 10_000 });
  await page.goto('/issues/octo-org/no.where/1');
  await expect(page.getByText('There is no issue octo-org/no.where#1 here.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Look at the repositories' })).toBeVisible();
});

test('no finding of axe on the page of an issue', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto('/board');
    await card(page, await firstIn(page, 'in-review')).locator('h3 a').click();
    await expect(page.locator('[data-story]').first()).toBeVisible();
    expect(await axe(page), colorScheme).toEqual([]);
  }
});

test('hostile titles, texts, labels and names do nothing anywhere', async ({ page, request }) => {
  await scene(request, { hostile: true });
  const harmless = async () => {
    expect(await page.evaluate(() => (window as unknown as { pwned?: number }).pwned)).toBeUndefined();
    expect(await page.locator('script:not([src]), iframe, [onerror], [onload], [onclick], [ontoggle], base, object, embed, a[href^="javascript" i], a[href^="data" i]').count()).toBe(0);
  };
  await page.goto('/board');
  await expect(column(page, 'ready').locator('[data-issue-id]').first()).toContainText('<img src=x onerror=');
  await harmless();
  const id = await firstIn(page, 'in-review');
  await card(page, id).locator('.more').click();
  await harmless();
  await page.keyboard.press('Escape');
  await card(page, id).locator('.num').click();
  await expect(page.getByRole('dialog')).toContainText('Description');
  await harmless();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.locator('dialog [role=combobox]').fill('onerror');
  await expect(page.locator('dialog [role=option]').first()).toBeVisible();
  await harmless();
  await page.keyboard.press('Escape');
  await card(page, id).locator('h3 a').click();
  await expect(page.locator('.markdown')).toContainText('window.pwned=1');
  await expect(page.locator('[data-claim]')).toHaveCount(2);
  await expect(page.locator('[data-what="claim.report_refused"]')).toBeVisible();
  await harmless();
  for (const link of await page.locator('main a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol))) expect(link).toMatch(/^(https?|mailto):$/);
});
