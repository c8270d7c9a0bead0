import type { Command } from 'commander';
import { action, type Call } from '../call.js';
import { CommandError } from '../exit-codes.js';
import { printable } from '../output/printable.js';
import type { Shell } from '../shell.js';
import { findAccess, tenantOf } from '../sign-in/access.js';
import { safeAddress } from '../sign-in/address.js';
import { signInWithDeviceCode } from '../sign-in/device-code.js';
import { discoverSignIn } from '../sign-in/discovery.js';
import { signInAsServicePrincipal } from '../sign-in/service-principal.js';
import { readTokenClaims } from '../sign-in/token-claims.js';
import { createTransport } from '../transport.js';

interface LoginOptions {
  readonly tenant?: string;
  readonly servicePrincipal?: boolean;
}

/** login, logout, whoami. */
export function addSignIn(program: Command, shell: Shell): void {
  program
    .command('login')
    .description('sign in with a code that you enter in a browser')
    .option('--tenant <id or name>', 'your tenant; without it your account decides')
    .option('--service-principal', 'sign in as the application of TIDEGATE_CLIENT_ID, without a person')
    .action(action<LoginOptions>(shell, login));
  program
    .command('logout')
    .description('forget the sign-in of this machine')
    .action(
      action(shell, async (call) => {
        await call.signInFile.remove();
        await call.printDone('Signed out on this machine.', { signedIn: false });
      }),
    );
  program.command('whoami').description('show who is signed in, and where').action(action(shell, whoami));
}

async function login(call: Call<LoginOptions>): Promise<void> {
  const { shell, options, signInFile } = call;
  const named = options.url ?? shell.env['TIDEGATE_URL'];
  if (named === undefined || named === '') {
    throw new CommandError('The address of the control plane is not known.', {
      remedy: 'Give --url, or set TIDEGATE_URL.',
    });
  }
  const url = safeAddress(named);
  const caFile = options.caFile ?? shell.env['TIDEGATE_CA_FILE'];
  const isServicePrincipal = options.servicePrincipal === true;
  const env = options.tenant === undefined ? shell.env : { ...shell.env, TIDEGATE_TENANT: options.tenant };
  const fetch = createTransport(env, caFile);
  const tenant = isServicePrincipal ? tenantOf(env) : env['TIDEGATE_TENANT'];
  const settings = await discoverSignIn(fetch, url, tenant);
  // Without this scope there is no refresh token, and the sign-in ends after an hour.
  const scope = isServicePrincipal ? settings.scope : `${settings.scope} offline_access`;
  const clientId = isServicePrincipal ? clientIdOf(env) : settings.clientId;
  const kept = { url, tenant: tenant ?? '', ...(caFile !== undefined && { caFile }) };
  const client = { clientId, scope, tokenEndpoint: settings.tokenEndpoint };
  const tokens = isServicePrincipal
    ? await signInAsServicePrincipal(fetch, env, client)
    : await signInWithDeviceCode(fetch, { ...settings, scope }, (text) => shell.note(printable(text)));
  await signInFile.write({ ...kept, ...client, ...tokens, ...(isServicePrincipal && { isServicePrincipal }) });
  const claims = readTokenClaims(tokens.accessToken);
  await call.printDone(`Signed in to ${url} as ${claims?.name ?? 'somebody'}.`, { url, ...claims });
}

async function whoami(call: Call): Promise<void> {
  const { url, token } = await findAccess(call.shell.env, call.signInFile, call.options);
  const claims = readTokenClaims(await token());
  // Whether the control plane takes the token: the claims alone are the token's own word.
  await (await call.client()).get('/v1/regions');
  await call.printThing({ url, ...claims });
}

function clientIdOf(env: Shell['env']): string {
  const clientId = env['TIDEGATE_CLIENT_ID'];
  if (clientId !== undefined && clientId !== '') return clientId;
  throw new CommandError('The application to sign in as is not known.', { remedy: 'Set TIDEGATE_CLIENT_ID.' });
}
