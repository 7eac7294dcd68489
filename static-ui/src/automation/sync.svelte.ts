import { api, patience } from '../api/client';
import { type Problem, call } from '../api/problem';

export interface Report {
  tone: 'ok' | 'warn' | 'bad';
  text: string;
  lines: string[];
}

/** How far a sync is. */
export interface Progress {
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
/** How often a run that goes on is looked at. */
const LOOK_MS = 1_000;

/** Asks for a sync, follows it to its end, and puts what came of it into words. */
export class Syncing {
  /** `all`, `facts`, the name of a repository, or null while nothing runs. */
  running = $state<string | null>(null);
  progress = $state.raw<Progress | null>(null);
  report = $state.raw<Report | null>(null);
  #done: () => void;

  constructor(done: () => void) {
    this.#done = done;
  }

  /** Issues and pull requests of one repository, or of all. */
  async issues(repo?: string): Promise<void> {
    this.#begin(repo ?? 'all');
    const looking = this.#look();
    const answer = await call(api.POST('/api/sync', { body: repo ? { repo } : {}, signal: patience(PATIENCE_MS) }));
    looking.abort();
    if (!answer.ok) return this.#end(failed(repo ?? 'the repositories', answer.problem));
    const { results = [], syncedCount = 0, repos = results.length, syncRunId } = answer.data;
    if (answer.response.status === 202) return this.#follow(syncRunId, repo);
    return this.#end(synced(repo, repos, syncedCount, results));
  }

  /** Default branch, latest commit and open pull requests of all repositories. */
  async facts(): Promise<void> {
    this.#begin('facts');
    const answer = await call(api.POST('/api/automation/sync', { signal: patience(PATIENCE_MS) }));
    if (!answer.ok) return this.#end(failed('the repository facts', answer.problem));
    const { synced: fresh, failed: missed, results } = answer.data;
    const text = `Repository facts: ${fresh} refreshed${missed ? `, ${missed} failed` : ''}.`;
    return this.#end({ tone: missed ? 'warn' : 'ok', text, lines: troubles(results) });
  }

  /** Looks at the run under way while the server has not answered yet. */
  #look(): AbortController {
    const looking = new AbortController();
    const look = async () => {
      const answer = await call(api.GET('/api/sync/runs', { signal: patience() }));
      const run = answer.ok ? answer.data.find(({ kind, state }) => kind === 'issues' && state !== 'finished') : undefined;
      if (looking.signal.aborted) return;
      if (run) this.progress = { done: run.reposDone, total: run.reposTotal, issues: run.syncedCount };
      setTimeout(() => looking.signal.aborted || void look(), LOOK_MS);
    };
    setTimeout(() => looking.signal.aborted || void look(), LOOK_MS);
    return looking;
  }

  /** Follows a run that takes longer than one answer to its end. */
  async #follow(id: string, repo: string | undefined): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const answer = await call(api.GET('/api/sync/runs/{id}', { params: { path: { id } }, signal: patience() }));
      if (!answer.ok) return this.#end(failed(repo ?? 'the repositories', answer.problem));
      const { state, reposDone, reposTotal, syncedCount, results } = answer.data;
      this.progress = { done: reposDone, total: reposTotal, issues: syncedCount };
      if (state === 'finished') return this.#end(synced(repo, reposDone, syncedCount, results));
    }
  }

  #begin(what: string): void {
    this.running = what;
    this.progress = this.report = null;
  }

  #end(report: Report): void {
    this.running = this.progress = null;
    this.report = report;
    this.#done();
  }
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
