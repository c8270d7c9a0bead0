import type { TidegateClient } from '../../client/tidegate-client.js';
import type { Principal, PrincipalWords } from '../principal.js';
import type { Shell } from '../shell.js';
import type { Current } from './current.js';
import type { DescribedFile } from './described-file.js';

/** Everything that a plan is made of. */
export interface Planning {
  readonly client: TidegateClient;
  readonly shell: Shell;
  readonly file: DescribedFile;
  readonly current: Current;
  /** Object ids of the people whom the file gives by their names. */
  readonly users: ReadonlyMap<string, string>;
  /** Ids of environments by the names in the file; filled as they come into being. */
  readonly environmentIds: Map<string, string>;
  /** Object id of whoever applies it: nobody takes their own role away on the way. */
  readonly me: string | undefined;
  readonly isPruned: boolean;
  /** Names of connections whose credential is to be sealed anew although nothing says that it changed. */
  readonly resealed: ReadonlySet<string> | 'all';
}

/** Whom words of a file mean; they were looked up before. */
export function principalOf({ users }: Pick<Planning, 'users'>, words: PrincipalWords): Principal {
  const { user, servicePrincipal, group } = words;
  if (user !== undefined) return { id: users.get(user) ?? user.toLowerCase(), type: 'User' };
  return servicePrincipal === undefined
    ? { id: group?.toLowerCase() ?? '', type: 'Group' }
    : { id: servicePrincipal.toLowerCase(), type: 'ServicePrincipal' };
}
