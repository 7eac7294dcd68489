// What a card has to say for itself: why it does not move, what is on its way, what needs a person.
import type { Card } from '../api/types';
import type { CardView } from './board';
import { groupBy } from './grouping';
import { pullWords } from './pulls';
import { type Status, statusOf, titleOf } from './status';
import { span, timeLeft } from './time';

export interface Note {
  tone: 'pending' | 'bad' | 'warn' | 'info';
  text: string;
  /** The same in a word or two, where another note has the room. */
  short: string;
  action?: 'retry' | 'dismiss';
}

/** From when on a write that GitHub has not confirmed is called slow, in ms. */
const SLOW_AFTER = 10_000;

/** How long a card may be in progress with nobody at it, or in review, before it is called stale, in ms; as "Needs attention" has it. */
const STALE_AFTER: Partial<Record<Status, number>> = { 'in-progress': 15 * 60_000, 'in-review': 72 * 60 * 60_000 };

const ATTENTION: Record<string, string> = {
  needs_input: 'Needs a decision',
  quarantined: 'Quarantined: several attempts without progress',
  contested: 'Contested: repaired too often, left alone',
  write_failed: 'The last write to GitHub failed',
  no_change: 'Finished without a change: have a look',
  status_done_open: 'Open, but labelled done',
};

/** A code as words: `no_change_needed` gives `No change needed`. */
export function inWords(code: string): string {
  const words = code.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** All notes of a card, the most urgent first. `now` in ms. */
export function notesOf({ card, move }: CardView, now: number): Note[] {
  const notes: Note[] = [];
  if (move?.state === 'refused') {
    notes.push({ tone: 'bad', text: `Not moved to ${titleOf(move.to)}: ${move.reason}`, short: 'not moved', action: 'dismiss' });
  }
  if (move?.state === 'sending') notes.push(pendingNote(move.at, 0, null, now));
  else if (card.pending?.state === 'parked') {
    notes.push({ tone: 'bad', text: `Write failed: ${card.pending.error ?? 'no reason given'}`, short: 'write failed', action: 'retry' });
  } else if (card.pending) {
    const { since, attempts, error } = card.pending;
    notes.push(pendingNote(Date.parse(since), attempts, error ?? null, now));
  }
  if (card.blocked) {
    const { kind, reason } = card.blocked;
    const words = blockedWords(kind);
    notes.push({ tone: kind === 'needs_input' ? 'warn' : 'info', text: `${words}: ${reason}`, short: words.toLowerCase() });
  }
  for (const pull of card.pullRequests) {
    for (const { text, short, tone } of pullWords(pull)) {
      if (tone === 'bad' || tone === 'warn') notes.push({ tone: 'warn', text: `#${pull.number}: ${text}`, short: `#${pull.number} ${short}` });
    }
  }
  for (const code of card.attention) {
    if (!saidElsewhere(code, card)) notes.push({ tone: 'warn', text: ATTENTION[code] ?? inWords(code), short: inWords(code).toLowerCase() });
  }
  if (card.cycle.length > 0) notes.push({ tone: 'warn', text: `Waits for itself: ${[...card.cycle, card.cycle[0]].join(' → ')}`, short: 'waits for itself' });
  else if (card.hold) notes.push({ tone: 'warn', text: `On hold: ${card.hold.message}`, short: 'on hold' });
  const still = stillFor(card, now);
  if (still !== null) notes.push({ tone: 'info', text: `Stale: ${titleOf(statusOf(card)).toLowerCase()} for ${span(still)}${card.status === 'in-progress' ? ', and nobody is at it' : ''}`, short: 'stale' });
  for (const problem of card.problems) notes.push({ tone: 'warn', text: inSentence(problem), short: 'labels' });
  return notes;
}

/** How a claim stands, what matters most first: `12 min left · coding`. Null without a claim. */
export function claimWords(card: Card, now: number): string | null {
  if (!card.claim) return null;
  const { phase, attempt, expiresAt } = card.claim;
  return [timeLeft(expiresAt, now), phase, attempt > 1 ? `attempt ${attempt}` : null].filter(Boolean).join(' · ');
}

/** How long a card that should move has not, in ms, if that is too long. What is held says so itself. */
function stillFor(card: Card, now: number): number | null {
  const most = STALE_AFTER[statusOf(card)];
  if (most === undefined || card.claim) return null;
  const still = now - Date.parse(card.statusSince);
  return still > most ? still : null;
}

function pendingNote(since: number, attempts: number, error: string | null, now: number): Note {
  const waited = now - since;
  const words = ['Pending on GitHub'];
  if (waited >= SLOW_AFTER) words.push(span(waited));
  if (attempts > 1) words.push(`attempt ${attempts}`);
  if (error) words.push(error);
  return { tone: 'pending', text: words.join(' · '), short: 'pending' };
}

function blockedWords(kind: string): string {
  if (kind === 'needs_input') return 'Needs a decision';
  if (kind === 'waiting') return 'Waiting';
  return kind === 'infrastructure' ? 'Infrastructure' : 'Blocked';
}

function saidElsewhere(code: string, card: Card): boolean {
  if (code === 'write_failed') return card.pending?.state === 'parked';
  return code === card.blocked?.kind || code === card.hold?.code;
}

function inSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 card`, `3 cards`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Why several cards were refused: each reason once, with the numbers it stands for. */
export function reasonsOf(refused: readonly { card: Card; why: string }[]): string {
  const byReason = groupBy(refused, ({ why }) => why);
  return [...byReason].map(([why, cards]) => `${cards.map(({ card }) => `#${card.issueNumber}`).join(', ')}: ${why}`).join(' ');
}
