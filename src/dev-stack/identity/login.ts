import '../not-in-production.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { BodyTooLargeError, readBody } from '../request-body.js';
import { signIn, type DirectoryTenant } from './directory.js';
import { loadOidcLibrary } from './oidc-library.js';
import { loginPage, page, sendPage } from './pages.js';

const MAX_FORM_BYTES = 8 * 1024;

/** The sign-in page of one interaction: shows the tenant's people, and takes a password. */
export async function handleLogin(
  { provider, tenant }: { provider: Provider; tenant: DirectoryTenant },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { errors } = await loadOidcLibrary();
  try {
    const { prompt } = await provider.interactionDetails(request, response);
    const action = new URL(request.url ?? '', 'http://localhost').pathname;
    if (prompt.name === 'consent') return await provider.interactionFinished(request, response, { consent: {} });
    if (request.method !== 'POST') return sendPage(response, 200, loginPage(tenant, action));

    const form = new URLSearchParams((await readBody(request, MAX_FORM_BYTES)).toString('utf8'));
    const user = signIn(tenant, form.get('username') ?? '', form.get('password') ?? '');
    if (!user) return sendPage(response, 401, loginPage(tenant, action, 'Account or password is wrong.'));
    await provider.interactionFinished(request, response, { login: { accountId: user.objectId } });
  } catch (error) {
    if (error instanceof errors.SessionNotFound) {
      return sendPage(response, 400, page('Sign-in expired', '<p>Begin again where you came from.</p>'));
    }
    if (error instanceof BodyTooLargeError) return sendPage(response, 413, page('Too large', ''));
    throw error;
  }
}
