// Measures the built board in Chromium against the toy and prints the figures as JSON; `cargo xtask bench` judges and prints them.
// CARDS, RUNS, IDLE_SECONDS, CHROMIUM and TOY_PORT come from there. Each run has a browser and a profile of its own.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';

const { CARDS = '5000', RUNS = '5', IDLE_SECONDS = '60', CHROMIUM = '/usr/bin/chromium', TOY_PORT = '4174' } = process.env;
/** The toy has 120 cards, or so many times as many. */
const TOY_CARDS = 120;
const base = `http://127.0.0.1:${TOY_PORT}`;
const root = new URL('../', import.meta.url);

const server = spawn(process.execPath, ['e2e/server.mjs', TOY_PORT], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
try {
  await new Promise((resolve, reject) => {
    server.stdout.once('data', resolve);
    server.once('exit', () => reject(new Error('the toy did not start')));
  });
  const runs = [];
  for (let i = 0; i < Number(RUNS); i += 1) runs.push(await measure(i === 0));
  const middle = (key) => {
    const values = runs.map((run) => run[key]).filter((value) => value !== undefined).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)];
  };
  const figure = (name, value, unit, aim) => ({ name, value, unit, aim: aim ?? null });
  console.log(
    JSON.stringify([
      figure('first page, JavaScript and CSS, Brotli', await firstPage(), 'kB', 60),
      figure('first contentful paint', middle('paint'), 'ms', 500),
      figure(`${middle('cards')} cards shown`, middle('shown'), 'ms', 500),
      figure('keystroke to filtered paint, first', middle('key'), 'ms', 50),
      figure('keystroke to filtered paint, next', middle('next'), 'ms', 50),
      figure('filter cleared, painted', middle('clear'), 'ms', 50),
      figure('move to painted', middle('move'), 'ms', 20),
      figure('arrow key to painted', middle('arrow'), 'ms', 20),
      figure('JavaScript heap', middle('heap'), 'MB'),
      figure('elements in the page', middle('nodes'), ''),
      figure('board over the wire', middle('board'), 'kB'),
      figure('an idle minute over the wire', middle('idle'), 'kB'),
    ]),
  );
} finally {
  server.kill();
}

/** What index.html names, as the CDN sends it. */
async function firstPage() {
  const html = await readFile(new URL('dist/index.html', root), 'utf8');
  const paths = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((found) => found[1]);
  const files = await Promise.all(paths.map((path) => readFile(new URL(`dist/${path}`, root))));
  return files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0) / 1000;
}

async function measure(watchIdle) {
  await fetch(`${base}/__toy/reset`, { method: 'POST', body: JSON.stringify({ cards: Number(CARDS) / TOY_CARDS }) });
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    const cdp = await page.context().newCDPSession(page);
    const traffic = { board: 0, all: 0 };
    const paths = new Map();
    cdp.on('Network.responseReceived', ({ requestId, response }) => paths.set(requestId, response.url));
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      traffic.all += encodedDataLength;
      if (paths.get(requestId)?.endsWith('/api/board')) traffic.board = encodedDataLength;
    });
    await cdp.send('Network.enable');
    await page.addInitScript(watch);
    await page.goto(`${base}/board`);
    const shown = await page.evaluate(() => /** @type {any} */ (window).bench.shown);
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
    const total = await page.evaluate(() => [...document.querySelectorAll('section h2 .count')].reduce((sum, head) => sum + Number.parseInt(head.textContent ?? '', 10), 0));
    // What the page does by itself after it is shown is not part of any key.
    await page.waitForLoadState('networkidle');

    const press = async (key) => {
      await page.evaluate(() => /** @type {any} */ (window).bench.arm());
      await page.keyboard.press(key);
      return page.evaluate(() => /** @type {any} */ (window).bench.took);
    };
    const [cards] = [total];
    await page.keyboard.press('/');
    const key = await press('v');
    const next = await press('e');
    await page.keyboard.press('Backspace');
    const clear = await press('Backspace');
    await page.keyboard.press('Escape');
    await page.locator('section[data-status="ready"] [data-issue-id] h3 a').first().focus();
    const arrow = await press('ArrowDown');
    await page.keyboard.press(' ');
    await page.keyboard.press('ArrowRight');
    const move = await press(' ');
    if (!(await page.locator('section[data-status="in-progress"] [data-issue-id]').first().textContent())?.includes('Pending')) throw new Error('the card was not moved');

    await cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await cdp.send('Performance.enable').then(() => cdp.send('Performance.getMetrics'));
    const metric = (name) => metrics.find((entry) => entry.name === name)?.value ?? 0;
    const figures = { shown, paint, cards, key, next, clear, arrow, move, heap: metric('JSHeapUsedSize') / 1e6, nodes: metric('Nodes'), board: traffic.board / 1000 };
    if (!watchIdle) return figures;
    await fetch(`${base}/__toy/reset`, { method: 'POST', body: JSON.stringify({ cards: Number(CARDS) / TOY_CARDS }) });
    await page.goto(`${base}/board`);
    await page.evaluate(() => /** @type {any} */ (window).bench.shown);
    await page.waitForLoadState('networkidle');
    const before = traffic.all;
    // The time itself is what is measured here.
    await new Promise((resolve) => setTimeout(resolve, Number(IDLE_SECONDS) * 1000));
    return { ...figures, idle: ((traffic.all - before) / 1000) * (60 / Number(IDLE_SECONDS)) };
  } finally {
    await browser.close();
  }
}

/** In the page: when all columns hold their cards, and how long after a key its picture was there. */
function watch() {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now());
    channel.port2.postMessage(null);
  }));
  const filled = () => {
    const lanes = document.querySelectorAll('section[data-status]');
    return lanes.length === 6 && [...lanes].every((lane) => lane.querySelector('[data-issue-id]'));
  };
  const bench = {
    shown: new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!filled()) return;
        observer.disconnect();
        resolve(painted());
      });
      observer.observe(document, { childList: true, subtree: true });
    }),
    took: Promise.resolve(0),
    /** The next key is measured, from its own time stamp to the end of the first frame that shows what it did to the board. */
    arm() {
      bench.took = new Promise((resolve) => {
        addEventListener('keydown', (event) => {
          const observer = new MutationObserver(async () => {
            observer.disconnect();
            resolve((await painted()) - event.timeStamp);
          });
          const board = /** @type {Element} */ (document.querySelector('.board'));
          observer.observe(board, { subtree: true, childList: true, attributes: true, characterData: true });
        }, { capture: true, once: true });
      });
    },
  };
  /** @type {any} */ (window).bench = bench;
}
