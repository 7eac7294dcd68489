// Dragging with mouse, pen and finger: one path of pointer events for all of them, because the platform's own dragging
// knows no finger on many systems and cannot be cancelled by Escape everywhere. A finger lifts a card by resting on it.
import { isStatus, type Status } from '../core/status';
import { cardIdAt } from './dom';

export interface DragParts {
  /** The cards that go along with this one; an empty list when it cannot be lifted. */
  lift(issueId: string): readonly string[];
  /** The pointer is over this column, or over none. */
  over(status: Status | null): void;
  /** Let go over a column; null when it was called off. */
  drop(status: Status | null): void;
}

const MOUSE_SLACK_PX = 5;
const FINGER_SLACK_PX = 8;
const REST_MS = 350;
const EDGE_PX = 48;
const EDGE_STEP_PX = 14;

/** Makes the cards in `root` draggable; returns how to stop. */
export function dragging(root: HTMLElement, parts: DragParts): () => void {
  const life = new AbortController();
  const { signal } = life;
  let press: { pointer: number; issueId: string; x: number; y: number; finger: boolean; rest: ReturnType<typeof setTimeout> | undefined } | null = null;
  let ghost: HTMLElement | null = null;
  let grip = { x: 0, y: 0 };
  let last = { x: 0, y: 0 };
  let frame = 0;

  root.addEventListener('pointerdown', onDown, { signal });
  addEventListener('pointermove', onMove, { signal });
  addEventListener('pointerup', (event) => event.pointerId === press?.pointer && end(over(event.clientX, event.clientY)), { signal });
  addEventListener('pointercancel', (event) => event.pointerId === press?.pointer && end(null), { signal });
  addEventListener('blur', () => end(null), { signal });
  addEventListener('keydown', onKey, { signal, capture: true });
  root.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
  root.addEventListener('contextmenu', (event) => press?.finger && event.preventDefault(), { signal });
  // Once a card is lifted the finger moves it and scrolls nothing.
  root.addEventListener('touchmove', (event) => ghost && event.preventDefault(), { signal, passive: false });
  signal.addEventListener('abort', () => end(null));
  return () => life.abort();

  function onDown(event: PointerEvent) {
    const target = event.target as Element;
    const issueId = cardIdAt(target);
    if (!event.isPrimary || event.button !== 0 || !issueId || press || target.closest('button, input')) return;
    const finger = event.pointerType === 'touch';
    const rest = finger ? setTimeout(begin, REST_MS) : undefined;
    press = { pointer: event.pointerId, issueId, x: event.clientX, y: event.clientY, finger, rest };
  }

  function onMove(event: PointerEvent) {
    if (event.pointerId !== press?.pointer) return;
    last = { x: event.clientX, y: event.clientY };
    if (!ghost) {
      const away = Math.hypot(last.x - press.x, last.y - press.y);
      // A finger that moves before it has rested scrolls.
      if (press.finger && away > FINGER_SLACK_PX) return end(null);
      if (press.finger || away <= MOUSE_SLACK_PX) return;
      begin();
    }
    follow();
    parts.over(over(last.x, last.y));
  }

  function begin() {
    if (!press) return;
    const along = parts.lift(press.issueId);
    const card = root.querySelector<HTMLElement>(`[data-issue-id="${CSS.escape(press.issueId)}"] .card`);
    if (along.length === 0 || !card) return end(null);
    const box = card.getBoundingClientRect();
    grip = { x: press.x - box.left, y: press.y - box.top };
    if (!last.x && !last.y) last = { x: press.x, y: press.y };
    ghost = card.cloneNode(true) as HTMLElement;
    ghost.classList.add('ghost');
    ghost.inert = true;
    ghost.ariaHidden = 'true';
    ghost.style.width = `${box.width}px`;
    ghost.style.height = `${box.height}px`;
    if (along.length > 1) ghost.dataset.count = String(along.length);
    document.body.append(ghost);
    getSelection()?.removeAllRanges();
    follow();
    frame = requestAnimationFrame(scroll);
    if (press.finger) navigator.vibrate?.(10);
  }

  function follow() {
    if (ghost) ghost.style.transform = `translate(${last.x - grip.x}px, ${last.y - grip.y}px) rotate(1.5deg)`;
  }

  function scroll() {
    if (!ghost) return;
    const { left, right } = root.getBoundingClientRect();
    const step = last.x < left + EDGE_PX ? -EDGE_STEP_PX : last.x > right - EDGE_PX ? EDGE_STEP_PX : 0;
    if (step) root.scrollBy({ left: step });
    frame = requestAnimationFrame(scroll);
  }

  function over(x: number, y: number): Status | null {
    const word = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drop]')?.dataset.drop ?? '';
    return isStatus(word) ? word : null;
  }

  function onKey(event: KeyboardEvent) {
    if (!ghost || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end(null);
  }

  function end(status: Status | null) {
    clearTimeout(press?.rest);
    cancelAnimationFrame(frame);
    press = null;
    last = { x: 0, y: 0 };
    if (!ghost) return;
    ghost.remove();
    ghost = null;
    // The click that follows letting go opens nothing.
    const still = new AbortController();
    addEventListener('click', (event) => (event.preventDefault(), event.stopPropagation()), { capture: true, signal: still.signal });
    setTimeout(() => still.abort());
    parts.drop(status);
  }
}
