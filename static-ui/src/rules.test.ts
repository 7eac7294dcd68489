// Rules of this house that no compiler checks.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

async function sources(folder: string): Promise<{ path: string; text: string }[]> {
  const paths = (await readdir(join(root, folder), { recursive: true })).filter((path) => /\.(ts|svelte|css)$/.test(path));
  return Promise.all(paths.map(async (path) => ({ path: join(folder, path), text: await readFile(join(root, folder, path), 'utf8') })));
}

test('core imports neither the views nor Svelte', async () => {
  const bad = (await sources('src/core')).filter(({ path, text }) => !path.endsWith('.test.ts') && /from '(svelte|\.\.\/(?!api\/types'))/.test(text));
  expect(bad.map(({ path }) => path)).toEqual([]);
});

test('only tokens.css names colours', async () => {
  const colour = /#[0-9a-f]{3,8}\b(?![^<]*<\/)|\b(rgb|hsl|oklch|light-dark)a?\(/i;
  const styles = (await sources('src')).filter(({ path }) => !path.endsWith('tokens.css') && !path.endsWith('.ts'));
  const bad = styles.filter(({ path, text }) => colour.test(path.endsWith('.css') ? text : (text.split('<style>')[1] ?? '')));
  expect(bad.map(({ path }) => path)).toEqual([]);
});

test('nothing inline that a strict CSP would stop', async () => {
  const views = (await sources('src')).filter(({ path }) => path.endsWith('.svelte'));
  const bad = views.filter(({ text }) => /\sstyle="|\{@html|\son\w+="/.test(text));
  expect(bad.map(({ path }) => path)).toEqual([]);
  const html = await readFile(join(root, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)/);
});

test('addresses that others wrote go through webUrl', async () => {
  const bad = (await sources('src')).filter(({ text }) => /href=\{(?:[a-z]+\.)*[a-z]*url\}/i.test(text));
  expect(bad.map(({ path }) => path)).toEqual([]);
});

test('files stay short', async () => {
  const long = (await sources('src')).filter(({ path, text }) => !/schema\.d\.ts$/.test(path) && text.split('\n').length >= 400);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('the lock file names no registry', async () => {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { resolved?: string; hasInstallScript?: boolean }> };
  const packages = Object.values(lock.packages);
  expect(packages.filter((entry) => entry.resolved || entry.hasInstallScript)).toEqual([]);
});

test('the type check finds a planted error', { timeout: 60_000 }, async () => {
  // Some mixes of versions report nothing at all, silently.
  const folder = await mkdtemp(join(root, '.plant-'));
  try {
    await writeFile(join(folder, 'Plant.svelte'), '<script lang="ts">const wrong: number = "text"; void wrong;</script>\n');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../tsconfig.json', include: ['*.svelte'], exclude: [] }));
    const script = join(root, 'node_modules', 'svelte-check', 'bin', 'svelte-check');
    const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
      execFile(process.execPath, [script, '--workspace', folder, '--tsconfig', join(folder, 'tsconfig.json')], (error, stdout) =>
        resolve({ code: error?.code ?? 0, output: stdout }),
      );
    });
    expect(code, output).toBe(1);
    expect(output).toContain("Type 'string' is not assignable to type 'number'");
  } finally {
    await rm(folder, { recursive: true });
  }
});
