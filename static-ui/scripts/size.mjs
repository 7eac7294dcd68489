// What the first page costs on the wire: index.html and all that it names, brotli. More than the limit is an error.
import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';

const LIMIT_KB = 60;
const dist = new URL('../dist/', import.meta.url);

const html = await readFile(new URL('index.html', dist), 'utf8').catch(() => {
  console.error('There is no dist/index.html: run `npm run build` first.');
  process.exit(1);
});
const named = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((found) => found[1] ?? '');

let sum = 0;
for (const path of ['index.html', ...named]) {
  const size = brotliCompressSync(await readFile(new URL(path, dist))).length;
  sum += size;
  console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${path}`);
}
console.log(`${(sum / 1000).toFixed(1).padStart(7)} kB  first page (limit ${LIMIT_KB} kB)`);
if (sum > LIMIT_KB * 1000) {
  console.error('The first page is too big: load what it does not need later.');
  process.exit(1);
}
