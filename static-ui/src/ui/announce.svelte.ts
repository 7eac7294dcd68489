const SHOWN_MS = 10_000;

/** The one live region: everything that is said to a screen reader goes through `say`. */
class Announcer {
  message = $state('');
  /** Also shown on screen: something the person should read. */
  visible = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string, { show = false } = {}): void {
    clearTimeout(this.#timer);
    // The same words twice would not be read again.
    this.message = text === this.message ? `${text}\u00a0` : text;
    this.visible = show;
    if (show) this.#timer = setTimeout(() => this.hide(), SHOWN_MS);
  }

  hide(): void {
    this.visible = false;
  }
}

export const announcer = new Announcer();

export function say(text: string, options?: { show?: boolean }): void {
  announcer.say(text, options);
}
