// What the UI tests share: setting the scene, finding cards, and a console that must stay clean.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type APIRequestContext, type Locator, type Page, expect, test as base } from '@playwright/test';

export { expect };

/** Every test fails on a console error, a page error, a dialog or a CSP violation; refusals of the API, and being offline, are not errors. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const trouble: string[] = [];
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('dialog', (dialog) => {
      trouble.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      const expected = /Failed to load resource.*(400|401|404|409|422|503|ERR_INTERNET_DISCONNECTED)/.test(message.text());
      if (['error', 'warning'].includes(message.type()) && !expected) trouble.push(message.text());
    });
    await use(page);
    expect(trouble).toEqual([]);
  },
});

export async function scene(request: APIRequestContext, options: object = {}): Promise<void> {
  await request.post('/__toy/reset', { data: options });
}

export async function settle(request: APIRequestContext, issueId: string, patch: object = {}): Promise<void> {
  await request.post('/__toy/settle', { data: { issueId, patch } });
}

export async function setToy(request: APIRequestContext, data: object): Promise<{ moves: { issueId: string; status: string; reason?: string }[]; edits: { issueId: string; what: string; value: string | null }[] }> {
  return (await request.post('/__toy/set', { data })).json();
}

export function column(page: Page, status: string): Locator {
  return page.locator(`section[data-status="${status}"]`);
}

export function card(page: Page, issueId: string): Locator {
  return page.locator(`[data-issue-id="${issueId}"]`);
}

/** The id of the first card of a column. */
export async function firstIn(page: Page, status: string): Promise<string> {
  const id = await column(page, status).locator('[data-issue-id]').first().getAttribute('data-issue-id');
  expect(id).not.toBeNull();
  return id!;
}

export async function moveByMenu(page: Page, issueId: string, to: string): Promise<void> {
  await card(page, issueId).locator('.more').click();
  await page.locator(`[role="menuitem"][data-to="${to}"]`).click();
}

/** The card that has the focus, or null. */
export function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-issue-id]')?.dataset.issueId ?? null);
}

interface Violation {
  id: string;
  impact: string;
  nodes: string[];
}

/** Serious and critical findings of axe on the page as it is, or in a part of it. */
export async function axe(page: Page, part = 'html'): Promise<Violation[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async (part) => {
    const { violations } = await (window as unknown as { axe: { run(part: string): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe.run(part);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((node) => node.html.slice(0, 200)) }));
  }, part);
}
