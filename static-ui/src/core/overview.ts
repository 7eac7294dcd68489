// What the overview makes of its figures.
import type { Overview } from '../api/types';
import { type Values, latest, total } from './plot';
import { span } from './time';

type Slot = Overview['series'][number];

/** One plot as data: what to draw, and what to say of it. */
export interface PlotData {
  title: string;
  figure: string;
  values: Values;
  kind: 'bars' | 'line';
  word: (value: number) => string;
  tone?: 'plain' | 'bad';
  /** The top of the scale, where it is not the values' own. */
  most?: number;
}

const count = (value: number) => `${value}`;
const percent = (value: number) => `${Math.round(value)} %`;
const length = (seconds: number) => span(seconds * 1000);

/** Every plot of the overview, in order. */
export function plotsOf(series: readonly Slot[]): PlotData[] {
  const of = (read: (slot: Slot) => number | null | undefined) => series.map((slot) => read(slot) ?? null);
  const summed = (title: string, read: (slot: Slot) => number, tone?: 'bad'): PlotData => {
    const values = of(read);
    return { title, values, kind: 'bars', word: count, figure: `${total(values)}`, ...(tone ? { tone } : {}) };
  };
  const lasting = (title: string, kind: 'bars' | 'line', word: (value: number) => string, values: Values): PlotData => {
    const last = latest(values);
    return { title, values, kind, word, figure: last === null ? '–' : word(last) };
  };
  return [
    summed('Issues done', (slot) => slot.done),
    summed('Pull requests from claims', (slot) => slot.delivered),
    lasting('Claim to pull request, median', 'line', length, of((slot) => slot.claimToPrSeconds)),
    lasting('Pull request to merge, median', 'line', length, of((slot) => slot.prToMergeSeconds)),
    { ...lasting('First-pass rate', 'line', percent, of((slot) => (slot.doneByAgents > 0 ? (100 * slot.firstPass) / slot.doneByAgents : null))), most: 100 },
    summed('Leases that ran out', (slot) => slot.expired, 'bad'),
    lasting('Ready, the most at one time', 'line', count, of((slot) => slot.ready)),
    lasting('Writes waiting, the most at one time', 'line', count, of((slot) => slot.writesWaiting)),
    lasting('Label writes confirmed within, 95 %', 'line', length, of((slot) => slot.convergeSeconds)),
    lasting('GitHub requests left, the least', 'line', count, of((slot) => slot.budgetRemaining)),
  ];
}

/** The share of the issues done that one attempt was enough for, or a dash. */
export function firstPassRate({ firstPass, done }: Overview['agents'][number]): string {
  return done > 0 ? percent((100 * firstPass) / done) : '–';
}

/** A slot's begin in few letters, in UTC as it is counted. */
export function slotName(at: string, slot: string): string {
  return slot === 'hour' ? `${at.slice(11, 16)} UTC` : at.slice(0, 10);
}
