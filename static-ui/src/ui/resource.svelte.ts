import type { Answer, Problem } from '../api/problem';

/** Something a page reads from the API: loading, there, or failed; what was read stays when a later read fails. */
export class Resource<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);
  #read: () => Promise<Answer<T>>;
  #turn = 0;

  constructor(read: () => Promise<Answer<T>>) {
    this.#read = read;
  }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    const answer = await this.#read();
    // A later question has been asked meanwhile: its answer counts.
    if (turn !== this.#turn) return;
    this.loading = false;
    if (answer.ok) this.value = answer.data;
    this.problem = answer.ok ? null : answer.problem;
  }
}
