// What the tests against the real stack share: BASE_URL says where it is, GITHUB_SIM where its simulated GitHub is,
// DISPATCH_AUTH_USERNAME and DISPATCH_AUTH_PASSWORD how to sign in where that is asked for, REFERENCE_AGENT where the
// program of that name is. A test that is tagged @signed-in also runs where operators sign in at an OpenID provider.
import { spawn } from 'node:child_process';
import { type APIRequestContext, type Locator, type Page, expect } from '@playwright/test';
import { column } from './scene';

const { BASE_URL, GITHUB_SIM, DISPATCH_AUTH_USERNAME, DISPATCH_AUTH_PASSWORD, REFERENCE_AGENT = '../target/debug/reference-agent' } = process.env;
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

/** GitHub refuses, or takes its time for, the next label writes of an issue. */
export async function onLabels(page: Page, id: string, fault: object): Promise<void> {
  const { repoFullName, issueNumber } = (await (await page.request.get(`/api/issues/${id}`)).json()) as { repoFullName: string; issueNumber: number };
  await onGitHub(page.request, 'faults', { times: 1, on: `POST /repos/${repoFullName}/issues/${issueNumber}/labels`, ...fault });
}

/** Which status GitHub itself shows: what its labels say, all of them. */
export async function statusOnGitHub(request: APIRequestContext, id: string): Promise<string> {
  const labels = (await labelsOnGitHub(request, id)).filter((label) => label.startsWith('status/'));
  return labels.join(' and ') || 'status/backlog';
}

export async function labelsOnGitHub(request: APIRequestContext, id: string): Promise<string[]> {
  const truth = (await (await request.get(`${GITHUB_SIM}/_sim/state`)).json()) as { repositories: { issues: { id: number; labels: string[] }[] }[] };
  const issue = truth.repositories.flatMap(({ issues }) => issues).find((one) => one.id === Number(id));
  expect(issue, `issue ${id} on GitHub`).toBeDefined();
  return issue!.labels;
}

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
  if (session.authMode === 'oidc' && session.user === null) {
    await agree(page, 'ana');
    await expect(page).toHaveURL(new RegExp(`${path}$`), { timeout: SOON_MS });
    await expect(page.locator('header')).toContainText('ana@example.com');
  }
  await expect(page.locator('main h1').first()).toBeVisible({ timeout: CARDS_MS });
}

/** Signs in at the provider's own pages and agrees there, by the keyboard. */
export async function agree(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with your organisation' }).press('Enter');
  await page.locator('input[name="login"]').focus();
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type('any');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
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
  await expect.poll(() => statusOnGitHub(page.request, id), { timeout: SOON_MS }).toBe(`status/${status}`);
}

/** GitHub did not take the move: the card is back where it was, with what GitHub said. */
export async function rolledBack(page: Page, id: string, to: string, reason: RegExp): Promise<Locator> {
  const back = column(page, to).locator(`[data-issue-id="${id}"]`);
  await expect(back).toContainText('Write failed', { timeout: SOON_MS });
  await expect(back.locator('.note')).toHaveAttribute('title', reason);
  expect(await statusOnGitHub(page.request, id)).toBe(`status/${to}`);
  return back;
}

/** The network is gone for a minute: that is said, and what happened meanwhile is caught up without a reload. */
export async function loseNetwork(page: Page, meanwhile: () => Promise<void>): Promise<void> {
  await expect(page.locator('[data-live="live"]')).toBeVisible();
  await page.evaluate(() => ((window as unknown as { kept: boolean }).kept = true));
  await page.context().setOffline(true);
  await expect(page.locator('[data-live="stale"]')).toContainText(/Stale since/);
  await meanwhile();
  await expect(page.locator('[data-live="stale"]')).toContainText('Last heard 1 min ago', { timeout: 90_000 });
  await page.context().setOffline(false);
  await expect(page.locator('[data-live="live"]')).toBeVisible({ timeout: SOON_MS });
  expect(await page.evaluate(() => (window as unknown as { kept?: boolean }).kept)).toBe(true);
}

/**
 * The reference agent takes the work of a lane with a token of its own and is killed in the middle of it: nothing more
 * is heard of it, and its lease runs on. Its claim.
 */
export async function takenAndKilled(page: Page, agent: string, token: string, lane: string): Promise<{ id: string; fence: number }> {
  const options = ['--names', agent, '--lanes', lane, '--issues', '1', '--pace', '40'];
  const env = { DISPATCH_URL: stack(), DISPATCH_AGENT_TOKEN: token, GITHUB_API_URL: GITHUB_SIM, GITHUB_TOKEN: 'it dies before it needs one' };
  const program = spawn(REFERENCE_AGENT, options, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve, reject) => program.once('exit', (_, signal) => resolve(signal)).once('error', reject));
  try {
    let claims: { id: string; fence: number; phase: string }[] = [];
    await expect(async () => {
      claims = (await (await page.request.get(`/api/claims?agent=${agent}&state=active`)).json()) as typeof claims;
      expect(claims.map(({ phase }) => phase)).toEqual(['preparing']);
    }).toPass({ timeout: SOON_MS });
    return claims[0]!;
  } finally {
    program.kill('SIGKILL');
    expect(await ended, `${REFERENCE_AGENT} was alive`).toBe('SIGKILL');
  }
}
export const unique = () => `browser ${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
