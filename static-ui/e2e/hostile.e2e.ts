// Text that others wrote is text, wherever it is shown: titles, bodies, labels, names, reasons, errors.
import { BODY, MARKUP, isHarmless } from './hostile';
import { card, expect, firstIn, scene, settle, test } from './scene';

test('markup and scripts in what others wrote stay text', async ({ page, request }) => {
  await scene(request, { showcase: true });
  await page.goto('/board');
  const id = await firstIn(page, 'ready');
  const patch = {
    title: `Evil ${MARKUP}`, body: BODY, labels: ['status/ready', MARKUP, `owner/${MARKUP}`], owner: MARKUP, agent: MARKUP, type: MARKUP, url: 'javascript:window.owned=1',
    problems: [MARKUP], hold: { code: 'x', message: MARKUP }, blocked: { kind: 'needs_input', reason: MARKUP },
    claim: { id: '1', agentName: MARKUP, acquiredAt: new Date().toISOString(), expiresAt: new Date().toISOString(), phase: MARKUP, attempt: 2 },
    pending: { mutationId: '9', state: 'parked', since: new Date().toISOString(), attempts: 3, retryAt: null, error: MARKUP, toStatus: 'ready' },
    pullRequests: [{ number: 1, url: 'javascript:window.owned=1', title: MARKUP, state: 'open', draft: false }],
  };
  await settle(request, id, patch);
  await expect(card(page, id)).toContainText('<img src=x');
  await isHarmless(page, 'board');
  await card(page, id).locator('.num').click();
  await expect(page.getByRole('dialog')).toContainText('<img src=x');
  await isHarmless(page, 'details');
  for (const path of ['/overview', '/attention', '/projects', '/agents', '/audit', '/automation']) {
    await page.goto(path);
    await expect(page.locator('main')).not.toContainText('Loading');
    await isHarmless(page, path);
  }
  await page.goto('/attention');
  await expect(page.locator('main')).toContainText('Evil <img src=x');
});

test('an address cannot bring markup or lead elsewhere', async ({ page, request }) => {
  await scene(request, { signedIn: false });
  const evil = encodeURIComponent(MARKUP);
  for (const path of [`/board?q=${evil}`, `/audit?correlationId=${evil}&actor=${evil}`, `/login?error=${evil}`, `/issues/${evil}/x/1`, `/${evil}`]) {
    await page.goto(path);
    await isHarmless(page, path);
  }
  for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example/', 'javascript:window.owned=1']) {
    await scene(request, { signedIn: false });
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel('User name').fill('operator');
    await page.getByLabel('Password').fill('secret');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/board$/);
  }
});
