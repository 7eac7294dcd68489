// The toy's agents, tokens and lanes: enough of their rules for the pages.

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
const refusal = (status, error, message) => [status, { error, message, details: {} }];

/** @param {{empty?: string | boolean}} options */
export function makeAdmin(toy, options = {}) {
  const made = (name, more) => ({ name, description: '', lanes: [], capacity: null, registered: true, registeredAt: ago(9000), lastSeenAt: ago(1), claimed: 2, tokens: 1, ...more });
  /** @type {import('../src/api/types').Agent[]} */
  const agents = options.empty
    ? []
    : [made('alpha', { description: 'On the build machine.', capacity: 2 }), made('bravo', { lanes: ['cheap', 'default'], lastSeenAt: ago(90) }), made('codex-1', { registered: false, registeredAt: null, tokens: 0 })];
  const lane = (name, more) => ({ name, description: '', claimable: true, role: null, paused: false, wipLimit: null, defaultAgent: null, colour: null, offered: 4, claimed: 1, ...more });
  /** @type {import('../src/api/types').Lane[]} */
  const lanes = options.empty ? [] : [...toy.lanes(), lane('deep', { paused: true, wipLimit: 3, defaultAgent: 'alpha', claimed: 0 })];
  const tokens = [{ id: '1', agentName: 'alpha', hint: 'x3_Q', description: 'The build machine', tier: 'agent', createdBy: 'operator', createdAt: ago(4000), lastUsedAt: ago(2), revokedAt: null, revokedBy: null }];

  /** Status and answer, or undefined where it is not one of these. */
  return function answer(method, path, data) {
    const [kind, name, below, id] = path.replace(/^\/api\//, '').split('/').map(decodeURIComponent);
    if (kind === 'lanes') return below ? undefined : listed(lanes, method, name, data, lane);
    if (kind !== 'agents') return undefined;
    if (!below) return listed(agents, method, name, data, made);
    const own = tokens.filter((token) => token.agentName === name);
    if (method === 'GET') return [200, own];
    if (method === 'POST') {
      const token = { ...tokens[0], ...data, id: String(tokens.length + 1), agentName: name, hint: 'abcd', createdAt: ago(0), lastUsedAt: null };
      tokens.push(token);
      return [201, { secret: 'dispatch_secret_that_is_shown_once_abcd', token }];
    }
    const token = own.find((one) => one.id === id);
    if (!token) return refusal(404, 'not_found', 'The agent has no such token.');
    Object.assign(token, { revokedAt: ago(0), revokedBy: 'operator' });
    return [200, token];
  };

  function listed(list, method, name, data, make) {
    if (!name) {
      if (method === 'GET') return [200, list];
      if (!/^[a-z0-9][a-z0-9-]{0,38}$/.test(data.name ?? '')) return refusal(400, 'invalid', 'name: a name is 1 to 39 characters of a-z, 0-9 and hyphens');
      if (list.some((one) => one.name === data.name && one.registered !== false)) return refusal(409, 'conflict', `There is ${data.name} already.`);
      const one = make(data.name, { ...data, lastSeenAt: null, claimed: 0, offered: 0, tokens: 0 });
      list.push(one);
      return [201, one];
    }
    const at = list.findIndex((one) => one.name === name);
    if (at < 0) return refusal(404, 'not_found', `There is no ${name}.`);
    if (method === 'PATCH') return [200, Object.assign(list[at], data)];
    if (list[at].claimed > 0) return refusal(409, 'conflict', `${name} holds work.`);
    list.splice(at, 1);
    return [200, { success: true }];
  }
}
