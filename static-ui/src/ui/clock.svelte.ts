const TICK_MS = 5_000;

/** The time as the server has it, good enough for "12 min left"; moves every five seconds while the page is seen. */
class Clock {
  now = $state(Date.now());
  #offset = 0;

  /** When the server answered, as its `Date` header says. */
  adjust(serverTime: string | null): void {
    const offset = Date.parse(serverTime ?? '') - Date.now();
    if (Number.isNaN(offset)) return;
    // Neither the header's whole seconds nor a request's own way there and back are a wrong clock.
    this.#offset = Math.abs(offset) > 3_000 ? offset : 0;
    this.tick();
  }

  tick(): void {
    this.now = this.exact();
  }

  /** The time to the millisecond; nothing that is shown follows it. */
  exact(): number {
    return Date.now() + this.#offset;
  }

  run(): () => void {
    const timer = setInterval(() => document.hidden || this.tick(), TICK_MS);
    return () => clearInterval(timer);
  }
}

export const clock = new Clock();
