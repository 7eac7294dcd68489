// Text that others wrote to do harm, and how to see that it did none.
import { type Page, expect } from '@playwright/test';

/** What must stay text wherever it is shown. */
export const MARKUP = '<img src=x onerror="window.owned=1"><script>window.owned=1</script><svg onload=window.owned=1>';
/** The same and more, as an issue's text. */
export const BODY = `${MARKUP}

[click me](javascript:window.owned=1) [or me](data:text/html,<script>window.owned=1</script>) <a href="javascript:window.owned=1">me too</a>

![picture](x" onerror="window.owned=1)

<details ontoggle=window.owned=1 open>\`\`\`<style>*{display:none}</style>`;

async function owned(page: Page): Promise<unknown> {
  return page.evaluate(() => (window as unknown as { owned?: unknown }).owned);
}

/** Nobody's scheme leads anywhere but to the web, and no element came out of somebody's text. */
export async function isHarmless(page: Page, where: string): Promise<void> {
  expect(await owned(page), where).toBeUndefined();
  const links = await page.locator('a[href]').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).protocol));
  expect(links.filter((protocol) => !/^https?:$/.test(protocol)), where).toEqual([]);
  const strange = page.locator('main img, dialog img, dialog script, dialog [onerror], dialog [onload], main script, main iframe, main object, main embed, main style, main form[action], main [onerror], main [onload], main [ontoggle]');
  expect(await strange.count(), where).toBe(0);
}
