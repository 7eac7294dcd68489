import { defineConfig } from '@playwright/test';

const TOY_PORT = Number(process.env.TOY_PORT ?? 4173);
// Playwright also reads this file while it only lists: the live suite itself fails without BASE_URL.
const live = process.env.BASE_URL;

export default defineConfig({
  testDir: 'e2e',
  timeout: 30_000,
  // One toy, one scene at a time.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    viewport: { width: 1600, height: 900 },
    trace: 'off',
    video: 'off',
    screenshot: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'toy', testMatch: /.*\.e2e\.ts/, testIgnore: /(live|oidc|pictures)\.e2e\.ts/, use: { baseURL: `http://127.0.0.1:${TOY_PORT}` } },
    { name: 'pictures', testMatch: /pictures\.e2e\.ts/, use: { baseURL: live ?? `http://127.0.0.1:${TOY_PORT}` } },
    { name: 'live', testMatch: /live\.e2e\.ts/, timeout: 120_000, use: live ? { baseURL: live } : {} },
    { name: 'oidc', testMatch: /oidc\.e2e\.ts/, timeout: 60_000, use: live ? { baseURL: live } : {} },
  ],
  // A running stack is its own server.
  ...(live !== undefined || process.argv.some((argument) => /^--project=(live|oidc)$/.test(argument))
    ? {}
    : {
        webServer: {
          command: `node e2e/server.mjs ${TOY_PORT}`,
          url: `http://127.0.0.1:${TOY_PORT}/api/health`,
          reuseExistingServer: false,
        },
      }),
});
