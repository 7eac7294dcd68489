export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'dense';

const THEME = 'dispatch-theme';
const LETTERS = 'dispatch-letters';
const DENSITY = 'dispatch-density';
const ME = 'dispatch-me';

/** What this browser keeps for this person; null also where storage is denied. */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function store(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage may be denied: the choice then holds until the page is left.
  }
}

/** What this person chose for this browser. */
class Preferences {
  theme = $state<Theme>(readTheme());
  /** One-letter keys may be switched off (WCAG 2.1.4). */
  letters = $state(stored(LETTERS) !== 'off');

  density = $state<Density>(stored(DENSITY) === 'dense' ? 'dense' : 'comfortable');
  /** Under which name this person owns issues (`owner/*`); empty if they never said. */
  me = $state(stored(ME) ?? '');

  setTheme(theme: Theme): void {
    this.theme = theme;
    store(THEME, theme === 'system' ? null : theme);
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }

  setLetters(on: boolean): void {
    this.letters = on;
    store(LETTERS, on ? null : 'off');
  }

  setDensity(density: Density): void {
    this.density = density;
    store(DENSITY, density === 'comfortable' ? null : density);
  }

  setMe(name: string): void {
    this.me = name;
    store(ME, name || null);
  }
}

function readTheme(): Theme {
  const theme = stored(THEME);
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export const preferences = new Preferences();
