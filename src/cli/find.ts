import { items } from '../client/pages.js';
import type { components } from '../client/schema.js';
import type { TidegateClient } from '../client/tidegate-client.js';
import { CommandError } from './exit-codes.js';

type Schemas = components['schemas'];
export type Gateway = Schemas['Gateway'];
export type GatewayMember = Schemas['GatewayMember'];
export type Connection = Schemas['Connection'];
export type Environment = Schemas['Environment'];

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a word is an id, and not a name. */
export function isId(word: string): boolean {
  return GUID.test(word);
}

/** @throws CommandError NOT_FOUND, AMBIGUOUS; ApiError */
export async function findGateway(client: TidegateClient, word: string): Promise<Gateway> {
  if (isId(word)) return client.get('/v1/gateways/{gatewayId}', { params: { path: { gatewayId: word } } });
  return only(await named(items(client, '/v1/gateways'), word), 'gateway', word);
}

/** @throws CommandError NOT_FOUND, AMBIGUOUS; ApiError */
export async function findMember(client: TidegateClient, gatewayId: string, word: string): Promise<GatewayMember> {
  const path = { gatewayId };
  const members = items(client, '/v1/gateways/{gatewayId}/members', { params: { path } });
  return only(await named(members, word), 'member', word);
}

/** @throws CommandError NOT_FOUND, AMBIGUOUS; ApiError */
export async function findConnection(client: TidegateClient, word: string): Promise<Connection> {
  if (isId(word)) return client.get('/v1/connections/{connectionId}', { params: { path: { connectionId: word } } });
  return only(await named(items(client, '/v1/connections'), word), 'connection', word);
}

/** @throws CommandError NOT_FOUND, AMBIGUOUS; ApiError */
export async function findEnvironment(client: TidegateClient, word: string): Promise<Environment> {
  if (isId(word)) return client.get('/v1/environments/{environmentId}', { params: { path: { environmentId: word } } });
  return only(await named(items(client, '/v1/environments'), word), 'environment', word);
}

async function named<T extends { id: string; displayName: string }>(all: AsyncIterable<T>, word: string): Promise<T[]> {
  const found: T[] = [];
  for await (const one of all) {
    if (one.displayName === word || one.id === word.toLowerCase()) found.push(one);
  }
  return found;
}

function only<T extends { id: string }>(found: readonly T[], what: string, word: string): T {
  const [first, ...others] = found;
  if (first === undefined) {
    throw new CommandError(`There is no ${what} ${word}, or you do not see it.`, {
      code: 'NOT_FOUND',
      remedy: `Names are written exactly; \`tidegate ${what}s list\` shows them.`,
    });
  }
  if (others.length === 0) return first;
  throw new CommandError(`${found.length} ${what}s are called ${word}.`, {
    code: 'AMBIGUOUS',
    remedy: `Give the id: ${found.map(({ id }) => id).join(', ')}.`,
  });
}
