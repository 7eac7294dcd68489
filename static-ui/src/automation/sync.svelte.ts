import { SvelteSet } from 'svelte/reactivity';
import { api, patience } from '../api/client';
import { type Problem, call } from '../api/problem';
import type { SyncRun } from '../api/types';

export interface Report {
  tone: 'ok' | 'warn' | 'bad';
  text: string;
  lines: string[];
}

/** A run that is under way, whoever asked for it. */
export interface Progress {
  id: string;
  /** What it is about: a repository, or all. */
  what: string;
  done: number;
  /** 0 before it began. */
  total: number;
  issues: number;
}

interface Result {
  repo: string;
  error?: string | null;
}

/** The server answers within 25 s, with the result or with the number of a run that goes on. */
const PATIENCE_MS = 35_000;
/** How often runs that go on are looked at. */
const LOOK_MS = 1_000;
/** How often others' runs are looked for. */
const CALM_MS = 10_000;

/** Asks for syncs, follows all that are under way, and puts what came of those asked for here into words. */
export class Syncing {
  /** What was asked for here and is not answered yet: `all`, `facts`, or names of repositories. */
  readonly asked = new SvelteSet<string>();
  /** Runs under way, from the server: they are seen by everybody, and again after the page was left. */
  runs = $state.raw<readonly Progress[]>([]);
  report = $state.raw<Report | null>(null);
  #done: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isFollowed = false;

  constructor(done: () => void) {
    this.#done = done;
  }

  /** Whether it runs or is about to: `all`, `facts`, or the name of a repository. */
  isRunning(what: string): boolean {
    return this.asked.has(what) || this.runs.some((run) => run.what.toLowerCase() === what.toLowerCase());
  }

  /** Looks at what is under way for as long as the page is open. */
  follow(): () => void {
    this.#isFollowed = true;
    void this.#look();
    return () => {
      this.#isFollowed = false;
      clearTimeout(this.#timer);
    };
  }

  /** Issues and pull requests of one repository, or of all. */
  async issues(repo?: string): Promise<void> {
    const answer = await this.#ask(repo ?? 'all', call(api.POST('/api/sync', { body: repo ? { repo } : {}, signal: patience(PATIENCE_MS) })));
    if (!answer.ok) return this.#end(failed(repo ?? 'the repositories', answer.problem));
    const { results = [], syncedCount = 0, repos = results.length, syncRunId } = answer.data;
    if (answer.response.status === 202) return this.#awaitEnd(syncRunId, repo);
    return this.#end(synced(repo, repos, syncedCount, results));
  }

  /** Default branch, latest commit and open pull requests of all repositories. */
  async facts(): Promise<void> {
    const answer = await this.#ask('facts', call(api.POST('/api/automation/sync', { signal: patience(PATIENCE_MS) })));
    if (!answer.ok) return this.#end(failed('the repository facts', answer.problem));
    const { synced: fresh, failed: missed, results } = answer.data;
    const text = `Repository facts: ${fresh} refreshed${missed ? `, ${missed} failed` : ''}.`;
    return this.#end({ tone: missed ? 'warn' : 'ok', text, lines: troubles(results) });
  }

  async #ask<T>(what: string, question: Promise<T>): Promise<T> {
    this.asked.add(what);
    this.report = null;
    this.#lookIn(LOOK_MS);
    const answer = await question;
    this.asked.delete(what);
    return answer;
  }

  /** What is under way now; what has ended since the last look may have changed everything. */
  async #look(): Promise<void> {
    // A hidden page asks nothing, as everywhere.
    if (document.hidden) return this.#lookIn(LOOK_MS);
    const answer = await call(api.GET('/api/sync/runs', { signal: patience() }));
    if (answer.ok) {
      const before = this.runs;
      this.runs = answer.data.filter(({ state }) => state !== 'finished').map(progressOf);
      if (before.some(({ id }) => !this.runs.some((run) => run.id === id))) this.#done();
    }
    this.#lookIn(this.runs.length > 0 || this.asked.size > 0 ? LOOK_MS : CALM_MS);
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#isFollowed) this.#timer = setTimeout(() => void this.#look(), ms);
  }

  /** Waits for the end of a run that takes longer than one answer. */
  async #awaitEnd(id: string, repo: string | undefined): Promise<void> {
    while (this.#isFollowed) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const answer = await call(api.GET('/api/sync/runs/{id}', { params: { path: { id } }, signal: patience() }));
      if (!answer.ok) return this.#end(failed(repo ?? 'the repositories', answer.problem));
      const { state, reposDone, syncedCount, results } = answer.data;
      if (state === 'finished') return this.#end(synced(repo, reposDone, syncedCount, results));
    }
  }

  #end(report: Report): void {
    this.report = report;
    this.#lookIn(0);
    this.#done();
  }
}

function progressOf({ id, kind, repo, reposDone, reposTotal, syncedCount }: SyncRun): Progress {
  const what = kind === 'automation' ? 'facts' : (repo ?? 'all');
  return { id, what, done: reposDone, total: reposTotal, issues: syncedCount };
}

function synced(repo: string | undefined, repos: number, count: number, results: readonly Result[]): Report {
  const issues = count === 1 ? '1 issue' : `${count} issues`;
  const where = repo ?? (repos === 1 ? '1 repository' : `${repos} repositories`);
  const lines = troubles(results);
  return { tone: lines.length ? 'warn' : 'ok', text: `Synced ${where}: ${issues} read from GitHub.`, lines };
}

function troubles(results: readonly Result[]): string[] {
  return results.filter((result) => result.error).map((result) => `${result.repo}: ${result.error}`);
}

function failed(what: string, problem: Problem): Report {
  return { tone: 'bad', text: `Could not sync ${what}. ${problem.message}`, lines: [] };
}
