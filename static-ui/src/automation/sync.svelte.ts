import { api, patience } from '../api/client';
import { type Problem, call } from '../api/problem';

export interface Report {
  tone: 'ok' | 'warn' | 'bad';
  text: string;
  lines: string[];
}

/** The server answers within 25 s, with the result or with the number of a run that goes on. */
const PATIENCE_MS = 35_000;

/** Asks for a sync and puts what came of it into words. */
export class Syncing {
  /** `all`, `facts`, the name of a repository, or null while nothing runs. */
  running = $state<string | null>(null);
  report = $state.raw<Report | null>(null);
  #done: () => void;

  constructor(done: () => void) {
    this.#done = done;
  }

  /** Issues and pull requests of one repository, or of all. */
  async issues(repo?: string): Promise<void> {
    this.#begin(repo ?? 'all');
    const answer = await call(api.POST('/api/sync', { body: repo ? { repo } : {}, signal: patience(PATIENCE_MS) }));
    if (!answer.ok) return this.#end(failed(repo ?? 'the repositories', answer.problem));
    const { results = [], syncedCount = 0, repos = results.length, syncRunId } = answer.data;
    if (answer.response.status === 202) {
      return this.#end({ tone: 'warn', text: `Sync ${syncRunId} takes longer and goes on by itself. Its results appear in the list.`, lines: [] });
    }
    const issues = syncedCount === 1 ? '1 issue' : `${syncedCount} issues`;
    const where = repo ?? (repos === 1 ? '1 repository' : `${repos} repositories`);
    const lines = results.filter((result) => result.error).map((result) => `${result.repo}: ${result.error}`);
    return this.#end({ tone: lines.length ? 'warn' : 'ok', text: `Synced ${where}: ${issues} read from GitHub.`, lines });
  }

  /** Default branch, latest commit and open pull requests of all repositories. */
  async facts(): Promise<void> {
    this.#begin('facts');
    const answer = await call(api.POST('/api/automation/sync', { signal: patience(PATIENCE_MS) }));
    if (!answer.ok) return this.#end(failed('the repository facts', answer.problem));
    const { synced, failed: missed, results } = answer.data;
    const lines = results.filter((result) => result.error).map((result) => `${result.repo}: ${result.error}`);
    const text = `Repository facts: ${synced} refreshed${missed ? `, ${missed} failed` : ''}.`;
    return this.#end({ tone: missed ? 'warn' : 'ok', text, lines });
  }

  #begin(what: string): void {
    this.running = what;
    this.report = null;
  }

  #end(report: Report): void {
    this.running = null;
    this.report = report;
    this.#done();
  }
}

function failed(what: string, problem: Problem): Report {
  return { tone: 'bad', text: `Could not sync ${what}. ${problem.message}`, lines: [] };
}
