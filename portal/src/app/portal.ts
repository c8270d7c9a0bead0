import type { QueryClient } from '@tanstack/react-query';
import { createPortalQueries } from '../api/portal-queries.js';
import type { PortalConfig } from '../api/portal-config.js';
import { createTidegateClient, type TidegateClient } from '../../../src/client/tidegate-client.js';
import { SignIn } from '../auth/sign-in.js';
import { createPortalRouter, type PortalRouter } from './router.js';

/** Everything that lives as long as the page. */
export interface Portal {
  readonly config: PortalConfig;
  readonly signIn: SignIn;
  readonly client: TidegateClient;
  readonly queries: QueryClient;
  readonly router: PortalRouter;
}

export function createPortal(config: PortalConfig): Portal {
  const signIn = new SignIn(config, window.location.origin);
  const client = createTidegateClient({ baseUrl: window.location.origin, token: () => signIn.token() });
  const queries = createPortalQueries();
  return { config, signIn, client, queries, router: createPortalRouter({ signIn, client, queries }) };
}
