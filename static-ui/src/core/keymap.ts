// The keys, as data: the handler, the help sheet and the tests read this one table.
export type Command = 'down' | 'up' | 'right' | 'left' | 'first' | 'last' | 'menu' | 'details' | 'open' | 'filter' | 'help';

export interface Binding {
  command: Command;
  keys: readonly string[];
  help: string;
  /** Where it works: anywhere on the page, or while a card has the focus. */
  where: 'page' | 'card';
}

export const KEYMAP: readonly Binding[] = [
  { command: 'down', keys: ['ArrowDown', 'j'], help: 'Next card in the column', where: 'card' },
  { command: 'up', keys: ['ArrowUp', 'k'], help: 'Previous card in the column', where: 'card' },
  { command: 'right', keys: ['ArrowRight', 'l'], help: 'Column to the right', where: 'card' },
  { command: 'left', keys: ['ArrowLeft', 'h'], help: 'Column to the left', where: 'card' },
  { command: 'first', keys: ['Home'], help: 'First card of the column', where: 'card' },
  { command: 'last', keys: ['End'], help: 'Last card of the column', where: 'card' },
  { command: 'menu', keys: ['m'], help: 'Move the card', where: 'card' },
  { command: 'details', keys: ['i'], help: 'Everything about the card', where: 'card' },
  { command: 'open', keys: ['Enter'], help: 'Open the issue on GitHub, in a new tab', where: 'card' },
  { command: 'filter', keys: ['/'], help: 'Filter the board', where: 'page' },
  { command: 'help', keys: ['?'], help: 'This list', where: 'page' },
];

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** What a key asks for, if anything. Ctrl, Cmd and Alt belong to the browser; letters can be switched off. */
export function commandOf(pressed: Pressed, onCard: boolean, letters: boolean): Command | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  if (!letters && pressed.key.length === 1) return null;
  const found = KEYMAP.find((binding) => binding.keys.includes(pressed.key));
  return found && (onCard || found.where === 'page') ? found.command : null;
}

const NAMES: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', ArrowRight: '→', ArrowLeft: '←' };

export function keyName(key: string): string {
  return NAMES[key] ?? key;
}
