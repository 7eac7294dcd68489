// Pictures of every page, light, dark and as on a phone: `npm run pictures`. They go where the documentation shows them.
// BASE_URL takes them from a running stack instead of the toy, PICTURES says where to.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, expect, test } from '@playwright/test';
import { PAGES } from '../src/core/route';

const { BASE_URL, PICTURES = '../docs/images' } = process.env;
const LOOKS = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1600, height: 900 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1600, height: 900 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;

/** Waits until nothing is loading and shows no time that would make each picture another one. */
async function settled(page: Page) {
  await expect(page.locator('main h1').first()).toBeVisible();
  await expect(page.locator('.state.loading')).toHaveCount(0);
  await page.waitForLoadState('networkidle').catch(() => {});
}

for (const { look, colorScheme, viewport } of LOOKS) {
  test.describe(look, () => {
    test.use({ colorScheme, viewport });
    test.beforeAll(async ({ request }) => {
      await mkdir(PICTURES, { recursive: true });
      if (!BASE_URL) await request.post('/__toy/reset', { data: { showcase: true, cards: 1 } });
    });
    const take = async (page: Page, name: string) => {
      await settled(page);
      await page.screenshot({ path: join(PICTURES, `${name}-${look}.png`) });
    };
    for (const { name, path } of PAGES) {
      test(name, async ({ page }) => {
        await page.goto(path);
        if (name === 'board') await expect(page.locator('[data-issue-id]').first()).toBeVisible({ timeout: 60_000 });
        await take(page, name);
      });
    }
    test('issue', async ({ page }) => {
      await page.goto('/board');
      const phone = look === 'phone';
      if (phone) await page.locator('[data-drop="in-review"]').first().click();
      await page.locator('section[data-status="in-review"] [data-issue-id] h3 a').first().click();
      await take(page, 'issue');
    });
    test('login', async ({ page }) => {
      await page.goto('/login');
      await take(page, 'login');
    });
    if (look !== 'light') return;
    test('dense', async ({ page }) => {
      await page.addInitScript(() => localStorage.setItem('dispatch-density', 'dense'));
      await page.goto('/board');
      await expect(page.locator('[data-issue-id]').first()).toBeVisible();
      await take(page, 'board-dense');
    });
    test('palette', async ({ page }) => {
      await page.goto('/board');
      await expect(page.locator('[data-issue-id]').first()).toBeVisible();
      await page.keyboard.press('Control+k');
      await page.locator('dialog [role=combobox]').fill('re');
      await take(page, 'palette');
    });
  });
}
