// The keys, as data: the handlers, the help sheet, the palette's hints and the tests read this one table.
import { PAGES } from './route';

export type Command =
  | 'down' | 'up' | 'right' | 'left' | 'first' | 'last' | 'first-column' | 'last-column'
  | 'open' | 'details' | 'github' | 'menu' | 'lift' | 'undo'
  | 'select' | 'select-down' | 'select-up' | 'select-column'
  | 'lane' | 'priority' | 'owner'
  | 'filter' | 'needs-me' | 'density' | 'palette' | 'help';

export interface Binding {
  command: Command;
  /** As `keyOf` names them; the first one is shown in menus. */
  keys: readonly string[];
  help: string;
  /** Where it works: anywhere, on the board, or while a card of it has the focus. */
  where: 'anywhere' | 'board' | 'card';
}

export const KEYMAP: readonly Binding[] = [
  { command: 'palette', keys: ['Ctrl+k'], help: 'Search issues, pages and commands', where: 'anywhere' },
  { command: 'help', keys: ['?'], help: 'This list', where: 'anywhere' },
  { command: 'filter', keys: ['/'], help: 'Filter the board', where: 'board' },
  { command: 'needs-me', keys: ['n'], help: 'Only what needs me, and all again', where: 'board' },
  { command: 'density', keys: ['.'], help: 'Dense or comfortable cards', where: 'board' },
  { command: 'undo', keys: ['z'], help: 'Undo the last move', where: 'board' },
  { command: 'down', keys: ['ArrowDown', 'j'], help: 'Next card in the column', where: 'card' },
  { command: 'up', keys: ['ArrowUp', 'k'], help: 'Previous card in the column', where: 'card' },
  { command: 'right', keys: ['ArrowRight', 'l'], help: 'Column to the right', where: 'card' },
  { command: 'left', keys: ['ArrowLeft', 'h'], help: 'Column to the left', where: 'card' },
  { command: 'first', keys: ['Home'], help: 'First card of the column', where: 'card' },
  { command: 'last', keys: ['End'], help: 'Last card of the column', where: 'card' },
  { command: 'first-column', keys: ['Ctrl+Home'], help: 'First column', where: 'card' },
  { command: 'last-column', keys: ['Ctrl+End'], help: 'Last column', where: 'card' },
  { command: 'open', keys: ['Enter'], help: 'Open the issue', where: 'card' },
  { command: 'details', keys: ['i'], help: 'Look at the issue without leaving the board', where: 'card' },
  { command: 'github', keys: ['o'], help: 'Open the issue on GitHub, in a new tab', where: 'card' },
  { command: 'menu', keys: ['m'], help: 'Move: the menu of the card', where: 'card' },
  { command: 'lift', keys: [' '], help: 'Lift the card: ← → choose a column, Space drops, Escape cancels', where: 'card' },
  { command: 'select', keys: ['x'], help: 'Select or unselect the card', where: 'card' },
  { command: 'select-down', keys: ['Shift+ArrowDown'], help: 'Select downwards', where: 'card' },
  { command: 'select-up', keys: ['Shift+ArrowUp'], help: 'Select upwards', where: 'card' },
  { command: 'select-column', keys: ['Ctrl+a'], help: 'Select the column; again, nothing', where: 'card' },
  { command: 'owner', keys: ['a'], help: 'Give it an owner', where: 'card' },
  { command: 'priority', keys: ['p'], help: 'Set the priority', where: 'card' },
  { command: 'lane', keys: ['t'], help: 'Put it into another lane', where: 'card' },
];

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The name of a key with what is held down; a sign that needs Shift is only the sign. */
export function keyOf({ key, ctrlKey, metaKey, shiftKey }: Pressed): string {
  const plain = key.length === 1 ? key : shiftKey ? `Shift+${key}` : key;
  return ctrlKey || metaKey ? `Ctrl+${plain}` : plain;
}

export interface Place {
  onBoard: boolean;
  onCard: boolean;
  /** One-letter keys are not switched off. */
  letters: boolean;
}

/** What a key asks for, if anything. Alt belongs to the browser; letters and signs can be switched off. */
export function commandOf(pressed: Pressed, { onBoard, onCard, letters }: Place): Command | null {
  if (pressed.altKey) return null;
  const key = keyOf(pressed);
  if (!letters && key.length === 1 && key !== ' ') return null;
  const found = KEYMAP.find((binding) => binding.keys.includes(key));
  if (!found) return null;
  const there = found.where === 'anywhere' || (onBoard && (found.where === 'board' || onCard));
  return there ? found.command : null;
}

/** The page whose letter follows `g`. */
export function pageAfterG(letter: string): string | null {
  return PAGES.find((page) => page.key === letter)?.path ?? null;
}

/** The key to show beside a command. */
export function keyFor(command: Command): string {
  return keyName(KEYMAP.find((binding) => binding.command === command)!.keys[0]!);
}

const NAMES: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', ArrowRight: '→', ArrowLeft: '←', ' ': 'Space' };

export function keyName(key: string): string {
  const parts = key === '+' ? [key] : key.split('+');
  return parts.map((part) => NAMES[part] ?? (parts.length > 1 && part.length === 1 ? part.toUpperCase() : part)).join(' ');
}
