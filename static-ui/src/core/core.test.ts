// The small modules: filter, keys, navigation, notes, time, window, routes, labels, audit, grouping.
import { describe, expect, test } from 'vitest';
import { labelChange, stateChange } from './audit';
import { BoardStore, type CardView } from './board';
import { EVERYTHING, type Filter, choices, filterQuery, narrow, readFilter } from './filter';
import { claimedCards } from './grouping';
import { KEYMAP, commandOf, keyFor, keyOf, pageAfterG } from './keymap';
import { chipOf, initials, otherLabels, shortRepo } from './labels';
import { firstCard, placeOf, step } from './navigate';
import { columnBeside, sortOut, whyNotTo } from './moves';
import { needsMe, needsPerson } from './needs';
import { claimWords, inWords, notesOf, reasonsOf } from './notes';
import { PAGES, issuePath, pageOf, pageTitle, routeOf, safeNext } from './route';
import { search } from './search';
import { pullWords } from './pulls';
import { columnToggled, extended, stillShown, toggled } from './select';
import { makeBoard, makeCard, makeWrite } from './testing';
import { ago, agoInWords, briefly, exactly, span, timeLeft, whenInWords } from './time';
import { readViews, withView } from './views';
import { rowsInView, scrollToShow } from './window';

const NOW = Date.parse('2026-11-23T09:01:00Z');
const claim = { id: '9', agentName: 'alpha', acquiredAt: '2026-11-23T08:50:00Z', expiresAt: '2026-11-23T09:13:30Z', phase: 'coding', attempt: 2 };

const store = new BoardStore();
store.load(
  makeBoard(
    [
      makeCard({ issueId: '1', title: 'Fix the Lease', owner: 'ana', priority: 'p1', labels: ['performance'] }),
      makeCard({ issueId: '2', repoFullName: 'octo-org/web', agent: 'bravo', labels: ['Project/apollo'] }),
      makeCard({ issueId: '3', status: 'in-progress', claim }),
      makeCard({ issueId: '4', status: 'done', state: 'closed' }),
    ],
    { repositories: [{ fullName: 'octo-org/quiet', enabled: true, archived: false, lastSyncedAt: null, lastError: 'Not found' }] },
  ),
  0,
);
const picture = store.picture();
const shown = (query: string) =>
  narrow(picture, readFilter(new URLSearchParams(query)), 'ana').columns.flatMap((column) => column.views.map((view) => view.card.issueId));

describe('filter', () => {
  test('words are all to be found, anywhere on the card and in any case', () => {
    expect(shown('q=lease FIX')).toEqual(['1']);
    expect(shown('q=perf')).toEqual(['1']);
    expect(shown('q=%233')).toEqual(['3']);
    expect(shown('q=lease nowhere')).toEqual([]);
  });
  test('choices hold together, also nobody and the holder of a claim', () => {
    expect(shown('repo=OCTO-org/web')).toEqual(['2']);
    expect(shown('agent=alpha')).toEqual(['3']);
    expect(shown('agent=-')).toEqual(['1', '4']);
    expect(shown('owner=ana&priority=p1')).toEqual(['1']);
    expect(shown('owner=ana&priority=p0')).toEqual([]);
    expect(shown('project=apollo')).toEqual(['2']);
    expect(shown('lane=default&type=-')).toEqual(['1', '2', '3', '4']);
  });
  test('goes into the address and comes back the same', () => {
    const filter: Filter = { ...EVERYTHING, q: 'a & b', repo: 'octo-org/web', owner: '-', needs: 'me' };
    expect(readFilter(new URLSearchParams(filterQuery(filter)))).toEqual(filter);
    expect(filterQuery(readFilter(new URLSearchParams('')))).toBe('');
  });
  test('offers what is there', () => {
    const rest = { type: [], lane: ['default'], project: ['apollo'] };
    expect(choices(picture)).toEqual({ repo: ['octo-org/api', 'octo-org/web'], agent: ['alpha', 'bravo'], owner: ['ana'], priority: ['p1'], ...rest });
  });
});

describe('keys', () => {
  const press = (key: string, held = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });
  const card = { onBoard: true, onCard: true, letters: true };
  test('no key has two meanings, also among the letters after g', () => {
    const keys = KEYMAP.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(PAGES.map((page) => page.key)).size).toBe(PAGES.length);
    expect(KEYMAP.some((binding) => binding.keys.includes('g'))).toBe(false);
  });
  test('the browser keeps its own, letters can be switched off, cards need the focus', () => {
    expect(commandOf(press('j'), card)).toBe('down');
    expect(commandOf(press('j'), { ...card, letters: false })).toBeNull();
    expect(commandOf(press('ArrowDown'), { ...card, letters: false })).toBe('down');
    expect(commandOf(press(' '), { ...card, letters: false })).toBe('lift');
    expect(commandOf(press('l', { ctrlKey: true }), card)).toBeNull();
    expect(commandOf(press('ArrowLeft', { altKey: true }), card)).toBeNull();
    expect(commandOf(press('m'), { ...card, onCard: false })).toBeNull();
    expect(commandOf(press('/'), { ...card, onCard: false })).toBe('filter');
    expect(commandOf(press('/'), { ...card, onBoard: false, onCard: false })).toBeNull();
    expect(commandOf(press('k', { metaKey: true }), { ...card, onBoard: false, letters: false })).toBe('palette');
  });
  test('have names', () => {
    expect(keyOf(press('?', { shiftKey: true }))).toBe('?');
    expect(keyOf(press('ArrowDown', { shiftKey: true }))).toBe('Shift+ArrowDown');
    expect([keyFor('palette'), keyFor('lift'), keyFor('select-down'), keyFor('menu')]).toEqual(['Ctrl K', 'Space', 'Shift ↓', 'm']);
    expect([pageAfterG('b'), pageAfterG('~')]).toEqual(['/board', null]);
  });
  test('steps stay on the board and over empty columns', () => {
    const at = (issueId: string) => placeOf(picture, issueId)!;
    expect(firstCard(picture)).toBe('1');
    expect(step(picture, at('1'), 'up')).toBe('1');
    expect(step(picture, at('1'), 'down')).toBe('2');
    expect(step(picture, at('2'), 'right')).toBe('3');
    expect(step(picture, at('3'), 'right')).toBe('4');
    expect(step(picture, at('4'), 'right')).toBe('4');
    expect(step(picture, at('1'), 'left')).toBe('1');
    expect(step(picture, at('1'), 'last')).toBe('2');
    expect(placeOf(picture, 'gone')).toBeNull();
  });
});

describe('notes', () => {
  const view = (patch: Parameters<typeof makeCard>[0], move = null) => ({ card: makeCard(patch), status: 'ready' as const, move });
  test('a failed write offers a retry and is said once', () => {
    const notes = notesOf(view({ issueId: '1', pending: makeWrite('parked', 'done', 'Archived'), attention: ['write_failed'] }), NOW);
    expect(notes).toEqual([{ tone: 'bad', text: 'Write failed: Archived', short: 'write failed', action: 'retry' }]);
  });
  test('a pending write says how long once it is slow', () => {
    const patch = { issueId: '1', pending: makeWrite('pending', 'done') };
    expect(notesOf(view(patch), NOW - 58_000)[0]!.text).toBe('Pending on GitHub');
    expect(notesOf(view(patch), NOW)[0]!.text).toBe('Pending on GitHub · 1 min');
  });
  test('nothing that holds a card is kept silent, also words of a newer server', () => {
    const texts = notesOf(
      view({
        issueId: '1',
        blocked: { kind: 'needs_input', reason: 'Which format?' },
        attention: ['needs_input', 'quarantined', 'new_thing'],
        hold: { code: 'quarantined', message: 'three attempts' },
        problems: ['two status labels'],
      }),
      NOW,
    ).map((note) => note.text);
    expect(texts).toEqual(['Needs a decision: Which format?', 'New thing', 'On hold: three attempts', 'Two status labels']);
  });
  test('a claim tells phase, time left and attempt', () => {
    expect(claimWords(makeCard({ issueId: '1', claim }), NOW)).toBe('12 min left · coding · attempt 2');
    expect(claimWords(makeCard({ issueId: '1' }), NOW)).toBeNull();
    expect(inWords('no_change_needed')).toBe('No change needed');
  });
});

test('time', () => {
  expect([span(-5), span(59_999), span(60_000), span(47 * 3_600_000), span(72 * 3_600_000)]).toEqual(['0 s', '59 s', '1 min', '47 h', '3 d']);
  expect(ago('2026-11-23T09:00:30Z', NOW)).toBe('now');
  expect(ago(null, NOW)).toBe('');
  expect(agoInWords('2026-11-23T08:00:00Z', NOW)).toBe('1 h ago');
  expect(agoInWords(null, NOW)).toBe('never');
  expect(briefly('12 min')).toBe('12m');
  expect(briefly('now')).toBe('now');
  expect(timeLeft('2026-11-23T09:00:00Z', NOW)).toBe('lease over for 1 min');
});

test('window', () => {
  expect(rowsInView(0, 800, 100, 1000, 2)).toEqual({ first: 0, end: 10 });
  expect(rowsInView(5000, 800, 100, 1000, 2)).toEqual({ first: 48, end: 60 });
  expect(rowsInView(99_999, 800, 100, 3, 2)).toEqual({ first: 1, end: 3 });
  expect(rowsInView(0, 800, 100, 0)).toEqual({ first: 0, end: 0 });
  expect(scrollToShow(20, 0, 800, 100)).toBe(1300);
  expect(scrollToShow(3, 0, 800, 100)).toBe(0);
  expect(scrollToShow(3, 500, 800, 100)).toBe(300);
});

test('routes', () => {
  expect(['/', '/board', '/board/', '/audit', '/login', '/nowhere'].map(pageOf)).toEqual(['board', 'board', 'board', 'audit', 'login', 'missing']);
  expect(pageTitle('missing')).toBe('Page not found');
  expect(routeOf('/issues/octo-org/api/7')).toEqual({ page: 'issue', params: { owner: 'octo-org', repo: 'api', number: '7' } });
  expect(routeOf(issuePath('octo org/a%b', 7)).params).toEqual({ owner: 'octo org', repo: 'a%b', number: '7' });
  expect(['/issues/octo-org/api', '/issues/%E0%A4%A/api/7', '/issues//api/7'].map(pageOf)).toEqual(['missing', 'missing', 'missing']);
  expect(safeNext('/audit?repo=a%2Fb')).toBe('/audit?repo=a%2Fb');
  for (const bad of [null, '', 'https://evil.example', '//evil.example', '/\\evil.example', '/login?next=/login']) expect(safeNext(bad)).toBe('/board');
});

test('labels', () => {
  expect(otherLabels(['status/ready', 'Agent/x', 'docs', 'owner/ana'])).toEqual(['docs']);
  expect(chipOf('docs', 6)).toBe(chipOf('DOCS', 6));
  expect([initials('ana-maria'), initials('bob'), initials('x')]).toEqual(['AM', 'BO', 'X']);
  expect(shortRepo('octo-org/api')).toBe('api');
});

test('audit', () => {
  expect(labelChange(['status/ready', 'bug'], ['Bug', 'status/done'])).toEqual({ added: ['status/done'], removed: ['status/ready'] });
  expect(labelChange(null, ['a'])).toEqual({ added: [], removed: [] });
  expect(stateChange({ a: 1, b: 'x' }, { a: 1, b: 'y', c: null })).toBe('b: x → y, c: none');
  expect(stateChange('ready', 'done')).toBe('ready → done');
  expect(stateChange(null, {})).toBe('');
});

test('grouping', () => {
  expect(claimedCards(picture).map((view) => view.card.issueId)).toEqual(['3']);
});

test('search: all words, the beginning of a title first, then words, then the rest', () => {
  const entries = [{ title: 'Undo', words: 'board move' }, { title: 'Remove the lock' }, { title: 'Set the board' }, { title: 'Board' }];
  const found = (text: string, most = 9) => search(entries, text, most).map(({ title }) => title);
  expect(found('board')).toEqual(['Board', 'Set the board', 'Undo']);
  expect(found('MOVE')).toEqual(['Remove the lock', 'Undo']);
  expect(found('board move')).toEqual(['Undo']);
  expect(found('the nothing')).toEqual([]);
  expect(found('', 2)).toEqual(['Undo', 'Remove the lock']);
});

test('times to come are said as such', () => {
  const words = (seconds: number) => whenInWords(NOW + seconds * 1000, NOW);
  expect([-200, -5, 0, 20, 125].map(words)).toEqual(['3 min ago', 'just now', 'just now', 'in a moment', 'in 2 min']);
  expect(exactly('nonsense')).toBe('');
});

describe('what needs a person', () => {
  const needs = (patch: object) => needsPerson(makeCard({ issueId: '1', ...patch }));
  test('decisions, failed writes and reviews do; work under way and waiting do not', () => {
    expect(needs({})).toBe(false);
    expect(needs({ attention: ['quarantined'] })).toBe(true);
    expect(needs({ pending: makeWrite('parked', 'ready') })).toBe(true);
    expect(needs({ pending: makeWrite('pending', 'ready') })).toBe(false);
    expect(needs({ problems: ['two status labels'] })).toBe(true);
    expect(needs({ status: 'done', state: 'closed', problems: ['two status labels'] })).toBe(false);
    expect(needs({ status: 'blocked', blocked: { kind: 'needs_input', reason: 'Which?' } })).toBe(true);
    expect(needs({ status: 'blocked', blocked: { kind: 'waiting', reason: 'A release' } })).toBe(false);
    expect(needs({ status: 'in-review' })).toBe(true);
    const pull = {
      number: 5,
      url: '',
      title: '',
      state: 'open',
      draft: true,
      mergeable: true,
      reviewDecision: null,
      checks: null,
      failingChecks: [],
      evidence: 0,
      fixOffered: false,
    };
    expect(needs({ status: 'in-review', pullRequests: [pull] })).toBe(false);
    expect(needs({ status: 'in-review', pullRequests: [pull, { ...pull, draft: false }] })).toBe(true);
  });
  test('and it is mine if nobody else owns it', () => {
    const card = makeCard({ issueId: '1', status: 'in-review', owner: 'Ana' });
    expect([needsMe(card, 'ana'), needsMe(card, 'bob'), needsMe(card, ''), needsMe({ ...card, owner: null }, 'bob')]).toEqual([true, false, true, true]);
  });
});

describe('moves', () => {
  const view = (patch: object, move: CardView['move'] = null): CardView => ({ card: makeCard({ issueId: '1', ...patch }), status: 'ready', move });
  test('where a card cannot go is known before it is asked', () => {
    expect(whyNotTo(view({}), 'ready')).toBe('is here');
    expect(whyNotTo(view({}), 'done')).toContain('close');
    expect(whyNotTo(view({ state: 'closed' }), 'backlog')).toContain('reopen');
    expect(whyNotTo(view({}, { state: 'sending', from: 'backlog', to: 'ready', at: 0, reason: '' }), 'backlog')).toContain('on its way');
    expect(whyNotTo(view({}), 'in-review')).toBeNull();
  });
  test('of several, those that can', () => {
    const views = [view({}), view({ state: 'closed' })];
    expect(sortOut(views, 'backlog')).toEqual({ able: [views[0]], why: 'reopen the issue on GitHub first' });
  });
  test('the column beside', () => {
    expect([columnBeside('backlog', 'left'), columnBeside('ready', 'right'), columnBeside('ready', 'last-column'), columnBeside('done', 'right')]).toEqual(['backlog', 'in-progress', 'done', 'done']);
  });
  test('the same reason is said once', () => {
    const refused = ['7', '8', '9'].map((issueId) => ({ card: makeCard({ issueId }), why: issueId === '8' ? 'No.' : 'Gone.' }));
    expect(reasonsOf(refused)).toBe('#7, #9: Gone. #8: No.');
  });
});

test('selection: one, a range, a column, and only what is shown', () => {
  expect([...toggled(new Set(['1']), '1')]).toEqual([]);
  expect([...extended(new Set(), picture, '1', '2')]).toEqual(['1', '2']);
  expect([...extended(new Set(['1']), picture, '1', '3')]).toEqual(['1', '3']);
  const both = columnToggled(new Set(['3']), picture, 1);
  expect([...both]).toEqual(['3', '1', '2']);
  expect([...columnToggled(both, picture, 1)]).toEqual(['3']);
  expect([...stillShown(new Set(['1', 'gone']), picture)]).toEqual(['1']);
  const same = new Set(['1']);
  expect(stillShown(same, picture)).toBe(same);
});

test('saved views: what was stored is not trusted, a name stands once', () => {
  expect(readViews('nonsense')).toEqual([]);
  expect(readViews('[{"name":"A","query":"?q=a"},{"name":"","query":""},{"name":"X","query":"javascript:"},3]')).toEqual([{ name: 'A', query: '?q=a' }]);
  const views = withView(withView([], 'Mine ', '?q=a'), 'Mine', '?q=b');
  expect(views).toEqual([{ name: 'Mine', query: '?q=b' }]);
  expect(withView(views, '  ', '?q=c')).toEqual(views);
});

test('what should move and does not is called stale', () => {
  const notes = (patch: object) => notesOf({ card: makeCard({ issueId: '1', statusSince: '2026-11-20T09:00:00Z', ...patch }), status: 'in-review', move: null }, NOW).map(({ text }) => text);
  expect(notes({ status: 'in-review' })).toEqual(['Stale: in review for 3 d']);
  expect(notes({ status: 'in-review', statusSince: '2026-11-22T09:00:00Z' })).toEqual([]);
  expect(notes({ status: 'in-progress' })).toEqual(['Stale: in progress for 3 d, and nobody is at it']);
  expect(notes({ status: 'ready' })).toEqual([]);
  expect(notes({ status: 'in-progress', claim })).toEqual([]);
});

test('a pull request says what hinders it first, and only while it is open', () => {
  const pull = { number: 5, url: '', title: '', state: 'open', draft: false, mergeable: true, reviewDecision: null, checks: null, failingChecks: [], evidence: 0, fixOffered: false };
  const said = (patch: object) => pullWords({ ...pull, ...patch }).map(({ text }) => text);
  expect(said({})).toEqual(['Nothing checks it', 'Waits for a review', 'Merges without conflict']);
  expect(said({ draft: true })).not.toContain('Waits for a review');
  expect(said({ mergeable: false, checks: 'failed', failingChecks: ['lint', 'build'], reviewDecision: 'changes_requested' })).toEqual([
    'Conflicts with its base branch',
    '2 checks fail: lint, build',
    'Changes requested',
  ]);
  expect(said({ checks: 'failed', failingChecks: ['lint'] })[0]).toBe('A check fails: lint');
  expect(said({ mergeable: null, checks: 'passed', reviewDecision: 'approved' })).toEqual(['Checks pass', 'Approved', 'GitHub has not said yet whether it merges']);
  expect(said({ state: 'merged', checks: 'failed', failingChecks: ['lint'] })).toEqual([]);
});

test('dependencies: a circle is said, what is only waited for has its badge', () => {
  const notes = (patch: object) => notesOf({ card: makeCard({ issueId: '1', ...patch }), status: 'backlog', move: null }, NOW).map(({ text }) => text);
  expect(notes({ cycle: ['a/b#1', 'a/b#2'] })).toEqual(['Waits for itself: a/b#1 → a/b#2 → a/b#1']);
  expect(notes({ blockedBy: 2 })).toEqual([]);
});
