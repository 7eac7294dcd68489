const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its largest whole unit: `45 s`, `12 min`, `3 h`, `5 d`. Milliseconds in. */
export function span(ms: number): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < 2 * DAY) return `${Math.floor(length / HOUR)} h`;
  if (length < 365 * DAY) return `${Math.floor(length / DAY)} d`;
  return `${Math.floor(length / (365 * DAY))} y`;
}

/** How long ago a time was, for the face of a card; an unreadable time gives an empty text. */
export function ago(time: string | null | undefined, now: number): string {
  const at = time ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(at)) return '';
  return now - at < MINUTE ? 'now' : span(now - at);
}

/** A length of time in even fewer letters: `12 min` gives `12m`. */
export function briefly(length: string): string {
  return length.replace(/ (\w)\w*$/, '$1');
}

/** The same in a sentence: `never`, `just now`, `5 min ago`. */
export function agoInWords(time: string | null | undefined, now: number): string {
  const short = ago(time, now);
  if (short === '') return 'never';
  return short === 'now' ? 'just now' : `${short} ago`;
}

/** What is left of a lease: `12 min left`, or since when it is over. */
export function timeLeft(expiresAt: string, now: number): string {
  const left = Date.parse(expiresAt) - now;
  if (Number.isNaN(left)) return '';
  return left > 0 ? `${span(left)} left` : `lease over for ${span(-left)}`;
}

/** A time in a sentence, before or after now: `just now`, `5 min ago`, `in 12 min`. Both in ms. */
export function whenInWords(at: number, now: number): string {
  const away = at - now;
  if (Math.abs(away) < MINUTE) return away > SECOND ? 'in a moment' : 'just now';
  return away > 0 ? `in ${span(away)}` : `${span(-away)} ago`;
}

// Made once: a formatter costs more than a hundred of its answers, and every card asks it.
let formatter: Intl.DateTimeFormat | undefined;

/** The whole time with its zone, for the hover text. */
export function exactly(at: number | string): string {
  const time = typeof at === 'number' ? at : Date.parse(at);
  formatter ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
  return Number.isNaN(time) ? '' : formatter.format(time);
}
