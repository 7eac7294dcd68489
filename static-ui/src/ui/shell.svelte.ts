// What lies over the page, and the keys that work everywhere.
import { commandOf, pageAfterG } from '../core/keymap';
import { preferences } from './preferences.svelte';
import { router } from './router.svelte';

/** How long the letter after `g` is waited for, in ms. */
const CHORD_MS = 1_500;

/** Something the palette can do. */
export interface Action {
  title: string;
  /** Shown beside it. */
  key?: string;
  /** Further words it is found by. */
  words?: string;
  run: () => void;
}

class Shell {
  over = $state<'help' | 'palette' | null>(null);
  #offers = new Set<() => Action[]>();
  #chordUntil = 0;

  /** A page adds its own commands to the palette while it is open; returns how to take them away. */
  offer(actions: () => Action[]): () => void {
    this.#offers.add(actions);
    return () => this.#offers.delete(actions);
  }

  /** What the open page offers now. */
  actions(): Action[] {
    return [...this.#offers].flatMap((offer) => offer());
  }

  /** This one was closed. The browser says so a moment later: something else may lie over the page by then, and stays. */
  close(what: 'help' | 'palette'): void {
    if (this.over === what) this.over = null;
  }

  /** Handles a key that works everywhere; true if it was one. */
  onKey(event: KeyboardEvent): boolean {
    if (event.defaultPrevented) return false;
    const typing = isTyping(event.target);
    const command = commandOf(event, { onBoard: false, onCard: false, letters: preferences.letters && !typing });
    if (command === 'palette') this.over = this.over === 'palette' ? null : 'palette';
    else if (isCovered()) return false;
    else if (command === 'help') this.over = 'help';
    else if (typing || !this.#chord(event)) return false;
    event.preventDefault();
    return true;
  }

  #chord(event: KeyboardEvent): boolean {
    if (!preferences.letters || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'g') {
      this.#chordUntil = event.timeStamp + CHORD_MS;
      return true;
    }
    const path = event.timeStamp < this.#chordUntil ? pageAfterG(event.key) : null;
    this.#chordUntil = 0;
    if (path) router.go(path);
    return path !== null;
  }
}

/** Keys in these belong to the text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** A dialog or a menu is open: the keys are its own. */
export function isCovered(): boolean {
  return document.querySelector('dialog[open], [popover]:popover-open') !== null;
}

export const shell = new Shell();
