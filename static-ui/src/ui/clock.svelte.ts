const TICK_MS = 5_000;

/** The time as the server has it, good enough for "12 min left"; moves every five seconds while the page is seen. */
class Clock {
  now = $state(Date.now());
  #offset = 0;

  /** The server's time as it has just been read. */
  adjust(serverTime: string): void {
    const offset = Date.parse(serverTime) - Date.now();
    if (Number.isNaN(offset)) return;
    // A request's own way there and back is not a wrong clock.
    this.#offset = Math.abs(offset) > 2_000 ? offset : 0;
    this.tick();
  }

  tick(): void {
    this.now = Date.now() + this.#offset;
  }

  run(): () => void {
    const timer = setInterval(() => document.hidden || this.tick(), TICK_MS);
    return () => clearInterval(timer);
  }
}

export const clock = new Clock();
