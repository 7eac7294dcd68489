import type { Answer } from '../api/problem';
import { type Page, joined } from '../core/pages';
import { Resource } from './resource.svelte';

/** A list that is read page by page, newest first. Its first page is read again by itself; older ones on request. */
export class Paged<T extends { id: string }> extends Resource<Page<T>> {
  /** The next older page is on its way. */
  loadingOlder = $state(false);
  /** Why the next older page did not come. */
  olderProblem = $state('');
  #readPage: (before?: string) => Promise<Answer<Page<T>>>;

  constructor(read: (before?: string) => Promise<Answer<Page<T>>>) {
    super(async () => {
      const answer = await read();
      return answer.ok && this.value ? { ...answer, data: joined(answer.data, this.value) } : answer;
    });
    this.#readPage = read;
  }

  async loadOlder(): Promise<void> {
    const known = this.value;
    if (!known?.next || this.loadingOlder) return;
    this.loadingOlder = true;
    const answer = await this.#readPage(known.next);
    this.loadingOlder = false;
    this.olderProblem = answer.ok ? '' : answer.problem.message;
    // What was read meanwhile may begin later; where it ends is where this page goes on.
    if (answer.ok && this.value?.next === known.next) {
      this.value = { items: [...this.value.items, ...answer.data.items], next: answer.data.next };
    }
  }

  override forget(): void {
    super.forget();
    this.olderProblem = '';
  }
}
