import type { TidegateClient } from '../client/tidegate-client.js';
import { CommandError } from './exit-codes.js';
import { isId } from './find.js';

/** Whom a role is given to, as the API names them. */
export interface Principal {
  readonly id: string;
  readonly type: 'User' | 'ServicePrincipal' | 'Group';
}

/** One of them; people may be given by their user principal name. */
export interface PrincipalWords {
  readonly user?: string | undefined;
  readonly servicePrincipal?: string | undefined;
  readonly group?: string | undefined;
}

/** @throws CommandError when not exactly one is given, or an id is none; ApiError PRINCIPAL_NOT_FOUND */
export async function findPrincipal(client: TidegateClient, words: PrincipalWords): Promise<Principal> {
  const { user, servicePrincipal, group } = words;
  const given = [user, servicePrincipal, group].filter((word) => word !== undefined);
  if (given.length !== 1) throw new CommandError('Give exactly one of --user, --service-principal and --group.');
  if (user !== undefined) return { id: isId(user) ? user.toLowerCase() : await findUser(client, user), type: 'User' };
  const [id = ''] = given;
  if (!isId(id)) {
    throw new CommandError(`${id} is not an object id.`, { remedy: 'Only people can be given by their name.' });
  }
  return { id: id.toLowerCase(), type: group === undefined ? 'ServicePrincipal' : 'Group' };
}

async function findUser(client: TidegateClient, idOrUpn: string): Promise<string> {
  const { user } = await client.get('/v1/licences/users/{idOrUpn}', { params: { path: { idOrUpn } } });
  return user.id.toLowerCase();
}
