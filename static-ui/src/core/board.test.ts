import { describe, expect, test } from 'vitest';
import { BoardStore } from './board';
import type { Status } from './status';
import { makeBoard, makeCard, makeWrite } from './testing';

function loaded(...cards: Parameters<typeof makeBoard>[0]) {
  const store = new BoardStore();
  store.load(makeBoard(cards), 0);
  return store;
}

function ids(store: BoardStore, status: Status): string[] {
  return store.picture().columns.find((column) => column.status === status)!.views.map((view) => view.card.issueId);
}

describe('a picture', () => {
  test('keeps the order of the server and counts what it did not send', () => {
    const store = new BoardStore();
    const board = makeBoard([makeCard({ issueId: '2' }), makeCard({ issueId: '1' })]);
    board.columns.find((column) => column.status === 'ready')!.count = 9;
    store.load(board, 0);
    expect(ids(store, 'ready')).toEqual(['2', '1']);
    expect(store.picture().columns[1]!.count).toBe(9);
  });

  test('keeps the object of a card on which nothing changed', () => {
    const store = loaded(makeCard({ issueId: '1' }), makeCard({ issueId: '2' }));
    const before = store.picture().columns[1]!.views;
    store.apply({ cursor: 'c2', cards: [makeCard({ issueId: '2', title: 'New' })] }, 1);
    const after = store.picture().columns[1]!.views;
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  test('shows an unknown status as backlog instead of losing the card', () => {
    expect(ids(loaded(makeCard({ issueId: '1' })), 'ready')).toEqual(['1']);
    const store = loaded();
    store.apply({ cursor: 'c2', cards: [makeCard({ issueId: '5', status: 'parked' })] }, 1);
    expect(ids(store, 'backlog')).toEqual(['5']);
  });
});

describe('a move', () => {
  test('shows at once, on top of its new column', () => {
    const store = loaded(makeCard({ issueId: '1' }), makeCard({ issueId: '2', status: 'in-review' }));
    expect(store.begin('1', 'in-review', 0)).toMatchObject({ state: 'sending', from: 'ready', to: 'in-review' });
    expect(ids(store, 'ready')).toEqual([]);
    expect(ids(store, 'in-review')).toEqual(['1', '2']);
  });

  test('is not begun twice, nor to where the card is, nor for a card that is gone', () => {
    const store = loaded(makeCard({ issueId: '1' }));
    expect(store.begin('1', 'ready', 0)).toBeNull();
    expect(store.begin('9', 'done', 0)).toBeNull();
    store.begin('1', 'blocked', 0);
    expect(store.begin('1', 'in-review', 0)).toBeNull();
  });

  test('stays where it is while the write is pending, and is confirmed by the feed', () => {
    const store = loaded(makeCard({ issueId: '1' }));
    store.begin('1', 'in-review', 0);
    store.accept(makeCard({ issueId: '1', status: 'in-review', pending: makeWrite('pending', 'in-review') }), 10);
    expect(ids(store, 'in-review')).toEqual(['1']);
    expect(store.busy()).toBe(true);
    const outcomes = store.apply({ cursor: 'c2', cards: [makeCard({ issueId: '1', status: 'in-review' })] }, 20);
    expect(outcomes).toMatchObject([{ kind: 'confirmed', to: 'in-review' }]);
    expect(store.busy()).toBe(false);
  });

  test('goes back to its very place when it is refused, with the reason, until the card changes', () => {
    const store = loaded(makeCard({ issueId: '1' }), makeCard({ issueId: '2' }), makeCard({ issueId: '3' }));
    store.begin('2', 'in-review', 0);
    store.refuse('2', 'An open pull request refers to it.', 1);
    expect(ids(store, 'ready')).toEqual(['1', '2', '3']);
    expect(store.picture().columns[1]!.views[1]!.move).toMatchObject({ state: 'refused', reason: 'An open pull request refers to it.' });
    store.apply({ cursor: 'c2', cards: [makeCard({ issueId: '2', title: 'Other' })] }, 2);
    expect(store.picture().columns[1]!.views[1]!.move).toBeNull();
  });

  test('is overruled when a person chose otherwise, and failed when the write was given up', () => {
    const store = loaded(makeCard({ issueId: '1' }), makeCard({ issueId: '2' }));
    for (const issueId of ['1', '2']) {
      store.begin(issueId, 'in-review', 0);
      store.accept(makeCard({ issueId, status: 'in-review', pending: makeWrite('pending', 'in-review') }), 1);
    }
    const back = makeCard({ issueId: '1', status: 'backlog' });
    const parked = makeCard({ issueId: '2', status: 'in-review', pending: makeWrite('parked', 'in-review', 'Gone') });
    const kinds = store.apply({ cursor: 'c2', cards: [back, parked] }, 2).map((outcome) => outcome.kind);
    expect(kinds).toEqual(['overruled', 'failed']);
  });

  test('is not undone by an answer that was asked for before it', () => {
    const store = loaded(makeCard({ issueId: '1' }));
    store.begin('1', 'in-review', 0);
    store.accept(makeCard({ issueId: '1', status: 'in-review', pending: makeWrite('pending', 'in-review') }), 10);
    store.apply({ cursor: 'c2', cards: [makeCard({ issueId: '1' })] }, 5);
    expect(ids(store, 'in-review')).toEqual(['1']);
    store.load(makeBoard([makeCard({ issueId: '1' })]), 6);
    expect(ids(store, 'in-review')).toEqual(['1']);
    expect(ids(store, 'ready')).toEqual([]);
  });
});

describe('the feed', () => {
  test('takes cards away, moves others, and says when the order is unsure', () => {
    const store = loaded(makeCard({ issueId: '1' }), makeCard({ issueId: '2' }));
    store.apply({ cursor: 'c2', cards: [makeCard({ issueId: '1', title: 'Same column' })] }, 1);
    expect(store.orderUnsure).toBe(false);
    store.apply({ cursor: 'c3', cards: [makeCard({ issueId: '1', status: 'done', state: 'closed' })], removed: ['2', '77'] }, 2);
    expect(ids(store, 'ready')).toEqual([]);
    expect(ids(store, 'done')).toEqual(['1']);
    expect(store.orderUnsure).toBe(true);
    expect(store.cursor).toBe('c3');
  });

  test('forgets moves of cards that are gone', () => {
    const store = loaded(makeCard({ issueId: '1' }));
    store.begin('1', 'blocked', 0);
    store.apply({ cursor: 'c2', removed: ['1'] }, 1);
    expect(store.picture().columns.every((column) => column.count === 0)).toBe(true);
  });
});

describe('cards in the hand', () => {
  test('are not taken away: what the feed says of them counts after the drop', () => {
    const store = loaded(makeCard({ issueId: '1' }), makeCard({ issueId: '2' }), makeCard({ issueId: '3' }));
    store.hold(['1', '2']);
    store.apply({ cursor: 'c2', cards: [makeCard({ issueId: '1', status: 'blocked' }), makeCard({ issueId: '3', status: 'blocked' })], removed: ['2'] }, 1);
    expect(ids(store, 'ready')).toEqual(['1', '2']);
    expect(ids(store, 'blocked')).toEqual(['3']);
    store.letGo();
    expect(ids(store, 'ready')).toEqual([]);
    expect(ids(store, 'blocked')).toEqual(['1', '3']);
  });
  test('stay also when the whole board is read meanwhile', () => {
    const store = loaded(makeCard({ issueId: '1' }));
    store.hold(['1']);
    store.load(makeBoard([makeCard({ issueId: '1', status: 'done' })]), 5);
    expect(ids(store, 'ready')).toEqual(['1']);
    store.letGo();
    expect(ids(store, 'done')).toEqual(['1']);
  });
});

test('an edit shows at once, and is gone when it is taken back or answered', () => {
  const store = loaded(makeCard({ issueId: '1' }));
  const priority = () => store.picture().columns[1]!.views[0]!.card.priority;
  store.edit('1', { priority: 'p0' });
  expect(priority()).toBe('p0');
  store.edit('1', null);
  expect(priority()).toBeNull();
  store.edit('1', { priority: 'p1' });
  store.accept(makeCard({ issueId: '1', priority: 'p2' }), 3);
  expect(priority()).toBe('p2');
});
