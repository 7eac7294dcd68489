import { axe, card, column, expect, firstIn, scene, test } from './scene';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no serious finding of axe, ${colorScheme}`, async ({ page, request }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    await scene(request, { showcase: true, authMode: 'disabled' });
    await page.goto('/board');
    await expect(column(page, 'ready').locator('[data-issue-id]').first()).toBeVisible();
    expect(await axe(page), 'board').toEqual([]);

    const id = await firstIn(page, 'ready');
    await card(page, id).locator('.more').click();
    expect(await axe(page), 'menu').toEqual([]);
    await page.keyboard.press('Escape');
    await card(page, id).locator('.num').click();
    await expect(page.getByRole('dialog')).toContainText('What happens');
    expect(await axe(page), 'details').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    expect(await axe(page), 'keys').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.locator('dialog [role=combobox]').fill('fix');
    await expect(page.locator('dialog [role=option]').first()).toBeVisible();
    expect(await axe(page), 'palette').toEqual([]);

    await page.keyboard.press('Escape');
    await page.goto('/board');
    await card(page, id).locator('.pick').check({ force: true });
    await page.keyboard.press('.');
    await page.getByRole('button', { name: 'All cards' }).click();
    expect(await axe(page), 'dense, one selected, views').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('.');

    const pages = { '/overview': '[data-plot]', '/attention': '[data-item]', '/projects': '[data-project]', '/agents': '[data-run]', '/lanes': '[data-lane]', '/health': '[data-job]', '/automation': '[data-repo]', '/audit': '[data-event]', '/login': 'h1' };
    for (const [path, content] of Object.entries(pages)) {
      await page.goto(path);
      await expect(page.locator(content).first()).toBeVisible();
      expect(await axe(page), path).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 800 });
    for (const [path, content] of Object.entries({ ...pages, '/board': '[data-issue-id]' })) {
      await page.goto(path);
      await expect(page.locator(content).first()).toBeVisible();
      expect(await axe(page), `${path}, narrow`).toEqual([]);
    }
    await scene(request, { empty: 'untracked' });
    await page.goto('/board');
    await expect(page.getByText('No repository is tracked yet.')).toBeVisible();
    expect(await axe(page), 'empty').toEqual([]);
  });
}
