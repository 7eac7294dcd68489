/** The card that an element is part of. */
export function cardIdAt(element: Element | null): string | null {
  return element?.closest<HTMLElement>('[data-issue-id]')?.dataset.issueId ?? null;
}

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}

/** Soon, but after everything that somebody waits for; returns how to call it off. */
export function whenIdle(work: () => void): () => void {
  // Not every browser has it.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, 200);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(work, { timeout: 1_000 });
  return () => cancelIdleCallback(idle);
}
