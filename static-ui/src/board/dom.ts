/** The card that an element is part of. */
export function cardIdAt(element: Element | null): string | null {
  return element?.closest<HTMLElement>('[data-issue-id]')?.dataset.issueId ?? null;
}

/** Keys in these belong to the text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
