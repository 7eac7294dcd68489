import type { CardView } from '../core/board';
import { sortOut } from '../core/moves';
import { count } from '../core/notes';
import { type Status, titleOf } from '../core/status';
import { say } from '../ui/announce.svelte';
import { live } from '../ui/live.svelte';

/** The cards that are lifted, by pointer or by keyboard, and the column they are held over. Nothing is sent before the drop. */
export class Hand {
  views = $state.raw<readonly CardView[]>([]);
  to = $state<Status | null>(null);
  by = $state<'key' | 'pointer'>('key');
  #ids = $derived(new Set(this.views.map(({ card }) => card.issueId)));

  get isFull(): boolean {
    return this.views.length > 0;
  }

  has(issueId: string): boolean {
    return this.#ids.has(issueId);
  }

  lift(views: readonly CardView[], by: 'key' | 'pointer'): void {
    this.views = views;
    this.by = by;
    this.to = by === 'key' ? views[0]!.status : null;
    live.store.hold(this.#ids);
    const how = by === 'key' ? ' Left and right choose a column, space drops, escape cancels.' : '';
    say(`${this.#name()} lifted from ${titleOf(views[0]!.status)}.${how}`);
  }

  over(to: Status | null): void {
    if (to === this.to) return;
    this.to = to;
    if (to === null) return;
    const { able, why } = sortOut(this.views, to);
    say(able.length > 0 ? titleOf(to) : `${titleOf(to)}: ${why}.`);
  }

  /** Opens the hand: the cards that may go where they are dropped, or none. */
  drop(to: Status | null): { able: CardView[]; to: Status } | null {
    const { views } = this;
    const name = this.#name();
    this.views = [];
    this.to = null;
    const outcomes = live.store.letGo();
    if (outcomes) {
      live.tell(outcomes);
      live.publish();
    }
    const { able, why } = to === null ? { able: [], why: null } : sortOut(views, to);
    if (to !== null && able.length > 0) return { able, to };
    const stays = views.length === 1 ? 'It stays where it is.' : 'They stay where they are.';
    if (to !== null && why && why !== 'is here') say(`${name} cannot go to ${titleOf(to)}: ${why}. ${stays}`, { show: true });
    else say(`${name}: nothing moved.`);
    return null;
  }

  #name(): string {
    const first = this.views[0];
    return this.views.length === 1 && first ? `#${first.card.issueNumber}` : count(this.views.length, 'card');
  }
}
