import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import type { TidegateClient } from '../../../src/client/tidegate-client.js';
import { SignedInAgainPage } from '../auth/signed-in-again-page.js';
import { SignedInPage } from '../auth/signed-in-page.js';
import { SignInPage } from '../auth/sign-in-page.js';
import type { SignIn } from '../auth/sign-in.js';
import { PageFailure } from './page-failure.js';
import { NotFoundPage } from './not-found-page.js';
import { PageLoading } from './page-loading.js';
import { Shell } from './shell.js';

export interface RouteContext {
  readonly signIn: SignIn;
  readonly client: TidegateClient;
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<RouteContext>()({ notFoundComponent: NotFoundPage });

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ returnTo }): { returnTo?: string } => (typeof returnTo === 'string' ? { returnTo } : {}),
  component: SignInPage,
});
const signedIn = createRoute({ getParentRoute: () => root, path: '/signed-in', component: SignedInPage });
const signedInAgain = createRoute({
  getParentRoute: () => root,
  path: '/signed-in-again',
  component: SignedInAgainPage,
});

/** Everything below needs somebody who is signed in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location, cause }) => {
    await context.signIn.resume();
    // Within the pages one is asked to sign in again beside what was typed, which another page would lose.
    if (!context.signIn.account && cause !== 'stay')
      throw redirect({ to: '/sign-in', search: { returnTo: location.href } });
  },
});

const page = <Path extends string>(path: Path, load: () => Promise<{ Page: () => React.ReactNode }>) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    component: lazyRouteComponent(load, 'Page'),
  });

const routeTree = root.addChildren([
  signInRoute,
  signedIn,
  signedInAgain,
  shell.addChildren([
    page('/', () => import('../pages/overview/overview-page.js')),
    page('/gateways', () => import('../pages/gateways/gateways-page.js')),
    page('/gateways/$gatewayId', () => import('../pages/gateway/gateway-page.js')),
    page('/install', () => import('../pages/install/install-page.js')),
    page('/connections', () => import('../pages/connections/connections-page.js')),
    page('/connections/new', () => import('../pages/connections/new-connection-page.js')),
    page('/connections/$connectionId', () => import('../pages/connections/connection-page.js')),
    page('/environments', () => import('../pages/environments/environments-page.js')),
    page('/licences', () => import('../pages/licences/licences-page.js')),
    page('/policy', () => import('../pages/policy/policy-page.js')),
    page('/explain', () => import('../pages/explain/explain-page.js')),
    page('/requests', () => import('../pages/requests/requests-page.js')),
    page('/requests/$traceId', () => import('../pages/requests/request-page.js')),
    page('/audit', () => import('../pages/audit/audit-page.js')),
    page('/releases', () => import('../pages/releases/releases-page.js')),
    page('/network', () => import('../pages/network/network-page.js')),
  ]),
]);

export function createPortalRouter(context: RouteContext) {
  return createRouter({
    routeTree,
    context,
    basepath: '/portal',
    defaultPreload: 'intent',
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: ({ error, reset }) => <PageFailure error={error} onAgain={reset} />,
  });
}

export type PortalRouter = ReturnType<typeof createPortalRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: PortalRouter;
  }
}
