// A real OpenID provider (npm oidc-provider) for the browser suite: anybody is who they say they are.
// Usage: node e2e/provider.mjs <port> <address of Dispatch>; the client is `dispatch`, its secret is in the environment.
import { Provider } from 'oidc-provider';

const [port, dispatch] = process.argv.slice(2);
const secret = process.env.DISPATCH_OIDC_CLIENT_SECRET;
if (!port || !dispatch || !secret) {
  console.error('Usage: DISPATCH_OIDC_CLIENT_SECRET=… node e2e/provider.mjs <port> <address of Dispatch>');
  process.exit(1);
}
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: 'dispatch', client_secret: secret, redirect_uris: [`${dispatch}/api/auth/callback/oidc`] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, preferred_username: id }),
  }),
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['only for tests'] },
});
provider.on('server_error', (_, error) => console.error(error));
provider.listen(Number(port), '127.0.0.1', () => console.log(`OpenID provider on ${issuer}`));
