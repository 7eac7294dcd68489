// What the tests against the real stack share: BASE_URL says where it is, GITHUB_SIM where its simulated GitHub is,
// DISPATCH_AUTH_USERNAME and DISPATCH_AUTH_PASSWORD how to sign in where that is asked for.
import { type APIRequestContext, type Page, expect } from '@playwright/test';
import { column } from './scene';

const { BASE_URL, GITHUB_SIM, DISPATCH_AUTH_USERNAME, DISPATCH_AUTH_PASSWORD } = process.env;
/** Where a demo or a first sync must have put cards by then. */
export const CARDS_MS = 60_000;
/** What goes to GitHub and comes back is seen by then. */
export const SOON_MS = 30_000;

export function stack(): string {
  if (!BASE_URL || !GITHUB_SIM) {
    throw new Error('BASE_URL and GITHUB_SIM are not set: give the addresses of a running stack and of its simulated GitHub, for example http://127.0.0.1:8787 and http://127.0.0.1:9080');
  }
  return BASE_URL;
}

/** Makes the simulated GitHub do something, or misbehave. */
export async function onGitHub(request: APIRequestContext, path: 'act' | 'faults', data: object): Promise<void> {
  const answer = await request.post(`${GITHUB_SIM}/_sim/${path}`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Ana does something on GitHub. */
export const ana = (request: APIRequestContext, change: object) => onGitHub(request, 'act', { actor: 'ana', ...change });

/** Goes to a page, signing in by the keyboard if that is asked for. */
export async function open(page: Page, path: string): Promise<void> {
  const session = (await (await page.request.get('/api/auth/session')).json()) as { authMode: string; user: string | null };
  await page.goto(path);
  if (session.authMode === 'basic' && session.user === null) {
    await page.getByLabel('User name').focus();
    await page.keyboard.type(DISPATCH_AUTH_USERNAME ?? '');
    await page.keyboard.press('Tab');
    await page.keyboard.type(DISPATCH_AUTH_PASSWORD ?? '');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${path}$`), { timeout: SOON_MS });
  }
  await expect(page.locator('main h1').first()).toBeVisible({ timeout: CARDS_MS });
}

/** A repository that the board shows. */
export async function someRepository(request: APIRequestContext): Promise<string> {
  const board = (await (await request.get('/api/board')).json()) as { repositories: { fullName: string }[] };
  return board.repositories[0]!.fullName;
}

/** The id of the issue with this title, once Dispatch has it. */
export async function idOf(request: APIRequestContext, title: string): Promise<string> {
  let found: { issueId: string }[] = [];
  await expect(async () => {
    found = (await (await request.get(`/api/issues?q=${encodeURIComponent(title)}`)).json()) as typeof found;
    expect(found).toHaveLength(1);
  }).toPass({ timeout: SOON_MS });
  return found[0]!.issueId;
}

/** Narrows the board to one issue, as somebody who looks for it does. */
export async function find(page: Page, title: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(title);
  await expect(page.locator('[data-issue-id]')).toHaveCount(1, { timeout: SOON_MS });
}

/** It stands in that column, and GitHub has it too. */
export async function confirmed(page: Page, id: string, status: string): Promise<void> {
  const moved = column(page, status).locator(`[data-issue-id="${id}"]`);
  await expect(moved).toBeVisible({ timeout: SOON_MS });
  await expect(moved).not.toContainText('Pending on GitHub', { timeout: SOON_MS });
  await expect(moved).not.toContainText(/Write failed|Not moved/);
}

export const unique = () => `browser ${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
