import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Account } from '../auth/sign-in.js';
import type { Portal } from './portal.js';

export const PortalContext = createContext<Portal | undefined>(undefined);

/** What lives as long as the page: client, sign-in, settings. */
export function usePortal(): Portal {
  const portal = useContext(PortalContext);
  if (!portal) throw new Error('used outside of the portal');
  return portal;
}

/** Who is signed in; undefined once their token has ended and could not be renewed. */
export function useAccount(): Account | undefined {
  const { signIn } = usePortal();
  const id = useSyncExternalStore(
    (listener) => signIn.subscribe(listener),
    () => signIn.account?.id,
  );
  return id === undefined ? undefined : signIn.account;
}
