// One place where everything that can go wrong with a request becomes one shape.

/** `refused`: the server answered and said no. `away`: it could not answer now. `unreachable`: no answer at all. */
export interface Problem {
  kind: 'refused' | 'signed-out' | 'away' | 'unreachable';
  status: number;
  code: string;
  /** A sentence for people. */
  message: string;
  requestId: string | null;
  retryAfterMs: number | undefined;
}

export type Answer<T> = { ok: true; data: T; response: Response } | { ok: false; problem: Problem };

interface Fetched<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

let signedOut: () => void = () => {};

/** What to do when the server answers 401 to anything. */
export function onSignedOut(handler: () => void): void {
  signedOut = handler;
}

/** Waits for a request of the client and turns refusal, bad answer and broken network into a `Problem`. */
export async function call<T>(request: Promise<Fetched<T>>): Promise<Answer<T>> {
  let fetched: Fetched<T>;
  try {
    fetched = await request;
  } catch (cause) {
    return { ok: false, problem: broken(cause) };
  }
  const { response } = fetched;
  if (response.ok && fetched.data !== undefined) return { ok: true, data: fetched.data, response };
  const problem = answered(response, fetched.error);
  if (problem.kind === 'signed-out') signedOut();
  return { ok: false, problem };
}

function broken(cause: unknown): Problem {
  const slow = cause instanceof Error && cause.name === 'TimeoutError';
  const unreadable = cause instanceof SyntaxError;
  return {
    kind: unreadable ? 'away' : 'unreachable',
    status: 0,
    code: slow ? 'timeout' : unreadable ? 'unreadable' : 'unreachable',
    message: slow
      ? 'The server did not answer in time.'
      : unreadable
        ? 'The server sent something that is not an answer of Dispatch.'
        : 'The server cannot be reached.',
    requestId: null,
    retryAfterMs: undefined,
  };
}

function answered(response: Response, body: unknown): Problem {
  const { error, message } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const { status } = response;
  const kind = status === 401 ? 'signed-out' : status === 429 || status >= 500 ? 'away' : 'refused';
  return {
    kind,
    status,
    code: typeof error === 'string' ? error : `http_${status}`,
    message: typeof message === 'string' && message !== '' ? message : plain(status),
    requestId: response.headers.get('x-request-id') ?? response.headers.get('apigw-requestid'),
    retryAfterMs: retryAfter(response.headers.get('retry-after')),
  };
}

function plain(status: number): string {
  if (status === 401) return 'You are not signed in.';
  if (status === 403) return 'You may not do this.';
  if (status === 404) return 'The server does not know this.';
  if (status === 429) return 'Too many requests; trying again soon.';
  if (status >= 500) return `The server failed (${status}).`;
  return `The server answered ${status}.`;
}

function retryAfter(header: string | null): number | undefined {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
