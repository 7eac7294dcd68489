// Serves dist as the CDN does (CSP, deep links for paths without a dot, an API that answers for itself) over the toy.
// Usage: node e2e/server.mjs [port]; /__toy/* is how tests set the scene.
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { extname } from 'node:path';
import { makeToy } from './toy.mjs';
import { makeAdmin } from './toy-admin.mjs';
import { makeHealth } from './toy-health.mjs';
import { pageOf } from './toy-pages.mjs';

const PORT = Number(process.argv[2] ?? process.env.TOY_PORT ?? 4173);
const DIST = new URL('../dist/', import.meta.url);
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const CSP = readFileSync(new URL('../content-security-policy.txt', import.meta.url), 'utf8').trim();

if (!existsSync(new URL('index.html', DIST))) {
  console.error('There is no dist/index.html: run `npm run build` first.');
  process.exit(1);
}

let toy = makeToy({ showcase: true });
let admin = makeAdmin(toy);
let health = makeHealth(toy);

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    json(response, 500, { error: 'internal', message: 'The toy broke.', details: {} });
  });
});
server.listen(PORT, '127.0.0.1', () => console.log(`toy board on http://127.0.0.1:${PORT}`));

async function answer(request, response) {
  const url = new URL(request.url, 'http://toy');
  if (url.pathname.startsWith('/__toy/')) return control(url, await body(request), response);
  if (url.pathname.startsWith('/api/')) {
    response.gzip = /gzip/.test(request.headers['accept-encoding'] ?? '');
    return api(request, url, await body(request), response);
  }
  return file(url.pathname, response);
}

/** @type {Map<string, Buffer>} As the CDN has them: compressed once. */
const packed = new Map();

async function file(pathname, response) {
  const page = pathname.startsWith('/issues/') || !pathname.includes('.');
  const path = page ? 'index.html' : pathname.slice(1);
  const type = TYPES[extname(path)];
  const content = type && !path.includes('..') ? await readFile(new URL(path, DIST)).catch(() => null) : null;
  if (!content) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    return response.end('Not found');
  }
  const cache = path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  if (!packed.has(path)) packed.set(path, brotliCompressSync(content));
  response.writeHead(200, { 'content-type': type, 'content-encoding': 'br', 'cache-control': cache, 'content-security-policy': CSP, 'x-content-type-options': 'nosniff' });
  response.end(packed.get(path));
}

function control(url, data, response) {
  if (url.pathname === '/__toy/reset') {
    toy = makeToy(data ?? {});
    admin = makeAdmin(toy, data ?? {});
    health = makeHealth(toy);
  }
  if (url.pathname === '/__toy/settle') toy.settle(data.issueId, data.patch ?? {});
  else if (url.pathname === '/__toy/set') Object.assign(toy.options, data);
  json(response, 200, { moves: toy.moves, edits: toy.edits });
}

async function api(request, url, data, response) {
  const { options } = toy;
  if (request.method !== 'GET' && request.headers['content-type'] !== 'application/json') {
    return json(response, 415, { error: 'json_only', message: 'Writes are taken as application/json only.', details: {} });
  }
  const route = `${request.method} ${url.pathname}`;
  const send = (value, status = 200) => json(response, status, value);
  const refuse = (status, error, message) => json(response, status, { error, message, details: {} });

  if (route === 'GET /api/health') {
    const warnings = options.authMode === 'disabled' ? ['Do not run with DISPATCH_AUTH_MODE=disabled where others can reach it.'] : [];
    return send({ ok: true, database: 'ok', version: '0.1.0', authMode: options.authMode ?? 'basic', warnings });
  }
  if (route === 'GET /api/auth/session') return send({ authMode: options.authMode ?? 'basic', user: toy.signedIn && options.authMode !== 'disabled' ? 'operator' : null });
  if (route === 'POST /api/auth/login') {
    if (data?.username !== 'operator' || data?.password !== 'secret') return refuse(401, 'unauthorized', 'Wrong user name or password.');
    toy.signedIn = true;
    return send({ success: true, user: 'operator' });
  }
  if (route === 'POST /api/auth/logout') {
    toy.signedIn = false;
    return send({ success: true });
  }
  if (!toy.signedIn) return refuse(401, 'unauthorized', 'Sign in first.');
  if (options.down) return refuse(503, 'unavailable', 'The database does not answer.');

  if (route === 'GET /api/board') return send(toy.board());
  if (route === 'GET /api/changes') return send(toy.changes(url.searchParams.get('after')));
  if (route === 'POST /api/issues/move') {
    const [status, value] = toy.move(data);
    return send(value, status);
  }
  if (route === 'GET /api/agent-runs') return send(toy.runs());
  if (route === 'GET /api/audit') {
    const { repo, success, actor } = Object.fromEntries(url.searchParams);
    return send(toy.audit.filter((event) => (!repo || event.repoFullName === repo) && (!actor || event.actor === actor) && (!success || String(event.success) === success)));
  }
  const page = request.method === 'GET' ? pageOf(toy, url) : undefined;
  if (page) return send(page);
  const administered = admin(request.method, url.pathname, data) ?? health(request.method, url.pathname, data);
  if (administered) return send(administered[1], administered[0]);
  if (route === 'GET /api/automation/repos') return send(toy.tracked);
  if (route === 'POST /api/automation/repos') {
    if (toy.tracked.some((repository) => repository.fullName === data.fullName)) return refuse(409, 'already_tracked', `${data.fullName} is tracked already.`);
    const repository = { fullName: data.fullName, defaultBranch: null, latestCommitSha: null, openPRCount: 0, lastSyncedAt: null, syncError: null, source: 'user', wipLimit: null, reviewLimit: null, excludedLabels: [], intake: null, claimed: 0, inReview: 0 };
    toy.tracked.push(repository);
    return send(repository, 201);
  }
  if (route === 'GET /api/intake') return send({ policy: toy.options.intake ?? 'open', repositories: [] });
  if (route === 'POST /api/intake') {
    const one = toy.tracked.find(({ fullName }) => fullName === data.repo);
    if (one) one.intake = data.policy;
    else toy.options.intake = data.policy;
    return send({ success: true });
  }
  const limited = /^POST \/api\/automation\/repos\/([^/]+\/[^/]+)\/limits$/.exec(route);
  if (limited) {
    if (data.wipLimit > 10_000) return refuse(400, 'invalid', 'wipLimit: expected a number from 0 to 10000');
    const one = toy.tracked.find(({ fullName }) => fullName === limited[1]);
    return one ? send(Object.assign(one, data)) : refuse(404, 'repository_unknown', 'This repository is not tracked.');
  }
  if (route === 'POST /api/sync') {
    const repos = toy.tracked.filter((repository) => !data.repo || repository.fullName === data.repo);
    return send({ success: true, syncRunId: '3', repos: repos.length, syncedCount: 40, results: repos.map(({ fullName }) => ({ repo: fullName, synced: 20, error: null })) });
  }
  if (route === 'POST /api/automation/sync') return send({ success: true, synced: toy.tracked.length, failed: 0, results: [] });

  const ended = /^POST \/api\/(?:issues\/(\d+)\/(?:release|assign)|claims\/(\d+)\/stop)$/.exec(route);
  if (ended) return toy.end(ended[1] ?? ended[2], data.agent) ? send({ success: true }) : refuse(409, 'conflict', 'It has ended.');
  const retry = /^POST \/api\/mutations\/(\d+)\/retry$/.exec(route);
  if (retry) return toy.retry(retry[1]) ? send({ success: true }) : refuse(404, 'mutation_unknown', 'This write is not known here.');
  if (route === 'GET /api/issues') return send(toy.find(url.searchParams.get('repo') ?? '', Number(url.searchParams.get('number'))));
  const edit = /^POST \/api\/issues\/(\d+)\/(priority|lane|owner)$/.exec(route);
  if (edit) {
    const [status, value] = toy.edit(edit[1], edit[2], data?.[edit[2]] ?? null);
    return send(value, status);
  }
  const explain = /^GET \/api\/issues\/(\d+)\/explain$/.exec(route);
  if (explain) return toy.explain(explain[1]) ? send(toy.explain(explain[1])) : refuse(404, 'issue_unknown', 'This issue is not known here.');
  const timeline = /^GET \/api\/issues\/(\d+)\/timeline$/.exec(route);
  if (timeline) return toy.timeline(timeline[1]) ? send(toy.timeline(timeline[1])) : refuse(404, 'issue_unknown', 'This issue is not known here.');
  const issue = /^GET \/api\/issues\/(\d+)$/.exec(route);
  if (issue) return toy.issue(issue[1]) ? send(toy.issue(issue[1])) : refuse(404, 'issue_unknown', 'This issue is not known here.');
  const repo = /^DELETE \/api\/automation\/repos\/([^/]+)\/([^/]+)$/.exec(route);
  if (repo) {
    const at = toy.tracked.findIndex(({ fullName }) => fullName === `${repo[1]}/${repo[2]}`);
    if (at >= 0) toy.tracked.splice(at, 1);
    return at >= 0 ? send({ success: true }) : refuse(404, 'repository_unknown', 'This repository is not tracked.');
  }
  return refuse(404, 'not_found', 'There is no such route.');
}

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text ? JSON.parse(text) : null;
}

function json(response, status, value) {
  const text = JSON.stringify(value);
  const small = !response.gzip || text.length < 1024;
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...(small ? {} : { 'content-encoding': 'gzip' }) });
  response.end(small ? text : gzipSync(text, { level: constants.Z_BEST_SPEED }));
}
