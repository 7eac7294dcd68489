/** The card that an element is part of. */
export function cardIdAt(element: Element | null): string | null {
  return element?.closest<HTMLElement>('[data-issue-id]')?.dataset.issueId ?? null;
}

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
