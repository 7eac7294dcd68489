// What opens over a page, what stands in its place, and the page of an issue: by axe, wide and narrow.
import { type Page } from '@playwright/test';
import { axe, card, expect, firstIn, scene, test } from './scene';

const WIDE = { width: 1600, height: 900 };
const NARROW = { width: 390, height: 800 };

/** Dialogs by the page and the button that opens them. */
const DIALOGS: [path: string, button: string | RegExp][] = [
  ['/agents', 'Register an agent'],
  ['/agents', 'Edit alpha'],
  ['/agents', 'Tokens of alpha'],
  ['/agents', /^Step in/],
  ['/agents', 'Remove alpha'],
  ['/lanes', 'New lane'],
  ['/lanes', 'Edit cheap'],
  ['/lanes', 'Remove cheap'],
  ['/automation', 'Limits of octo-org/api'],
  ['/automation', 'Change whose issues agents see'],
  ['/automation', 'Remove octo-org/api'],
];

/** What is under a dialog is looked at where it is not covered. */
async function fine(page: Page, what: string) {
  const part = (await page.getByRole('dialog').count()) > 0 ? 'dialog[open]' : 'html';
  expect(await axe(page, part), `${what}, ${page.viewportSize()!.width} wide`).toEqual([]);
}

/** Closes what is open, and waits until the page has the keys again. */
async function away(page: Page) {
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open], [role=menu]')).toHaveCount(0);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test.beforeEach(async ({ request }) => {
      test.slow();
      await scene(request, { showcase: true, authMode: 'disabled' });
    });

    for (const viewport of [WIDE, NARROW]) {
      test(`no serious finding of axe in any dialog, ${viewport.width} wide`, async ({ page }) => {
        await page.setViewportSize(viewport);
        const dialog = page.getByRole('dialog');
        for (const [path, button] of DIALOGS) {
          await page.goto(path);
          await page.getByRole('button', { name: button, exact: true }).first().click();
          await expect(dialog).toBeVisible();
          await fine(page, `${path}: ${button}`);
        }
        // As far as each of them goes: a secret that is shown once, another choice, a refusal.
        await page.goto('/agents');
        await page.getByRole('button', { name: 'Tokens of alpha' }).click();
        await dialog.getByRole('button', { name: 'Make a token' }).click();
        await expect(dialog.locator('[data-secret]')).toBeVisible();
        await fine(page, 'a new token');
        await page.goto('/agents');
        await page.getByRole('button', { name: /^Step in/ }).first().click();
        await dialog.getByRole('radio', { name: 'Reassign' }).check();
        await dialog.getByRole('button', { name: 'Reassign it' }).click();
        await expect(dialog.getByRole('alert')).toBeVisible();
        await fine(page, 'reassigned to nobody');
      });

      test(`no serious finding of axe on the page of an issue, a missing one and what opens over the board, ${viewport.width} wide`, async ({ page }) => {
        await page.setViewportSize(viewport);
        for (const path of ['/nowhere', '/issues/octo-org/api/999999']) {
          await page.goto(path);
          await expect(page.locator('main h1, main h2').first()).toBeVisible();
          await expect(page.locator('.state.loading')).toHaveCount(0);
          await fine(page, path);
        }
        await page.goto('/board');
        await expect(page.locator('[data-issue-id]').first()).toBeVisible();
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
        await fine(page, 'keys');
        await away(page);
        await page.keyboard.press('Control+k');
        await page.locator('dialog [role=combobox]').fill('re');
        await expect(page.locator('dialog [role=option]').first()).toBeVisible();
        await fine(page, 'palette');
        await away(page);
        if (viewport === NARROW) await page.locator('[data-drop="in-progress"]').first().click();
        const id = await firstIn(page, 'in-progress');
        await card(page, id).locator('.num').click();
        await expect(page.getByRole('dialog')).toContainText('What happens');
        await fine(page, 'details');
        await away(page);
        for (const [key, what] of [['p', 'priority'], ['a', 'owner'], ['t', 'lane']] as const) {
          await card(page, id).locator('h3 a').press(key);
          await expect(page.getByRole('menu')).toBeVisible();
          await fine(page, `the menu of its ${what}`);
          await away(page);
        }
        await card(page, id).locator('.more').click();
        await page.locator('[role="menuitem"][data-to="blocked"]').click();
        await expect(page.getByLabel('Why is it blocked?')).toBeVisible();
        await fine(page, 'why it is blocked');
        await away(page);
        await card(page, id).locator('h3 a').click();
        await expect(page.locator('.markdown')).toContainText('What happens');
        await expect(page.locator('[data-story]').first()).toBeVisible();
        await fine(page, 'the page of an issue');
        await page.getByRole('button', { name: 'Move…' }).click();
        await expect(page.getByRole('menu')).toBeVisible();
        await fine(page, 'the menu of the page of an issue');
      });
    }
  });
}
