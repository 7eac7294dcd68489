export type Theme = 'system' | 'light' | 'dark';

const THEME = 'dispatch-theme';
const LETTERS = 'dispatch-letters';

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string | null): void {
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
}

function readTheme(): Theme {
  const theme = stored(THEME);
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export const preferences = new Preferences();
