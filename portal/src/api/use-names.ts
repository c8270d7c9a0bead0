import { useQuery } from '@tanstack/react-query';
import { usePortal } from '../app/use-portal.js';
import type { TidegateClient } from '../../../src/client/tidegate-client.js';
import { pages } from '../../../src/client/pages.js';

/** More than this nobody looks for in a list of names; an id of any other is shown as it is. */
const MAX_NAMES = 500;

export type Names = ReadonlyMap<string, string>;
const NONE: Names = new Map();

/** Names of the gateways that the person may see, by id. */
export function useGatewayNames(): Names {
  const { client } = usePortal();
  const { data } = useQuery({ queryKey: ['gateways', 'names'], queryFn: () => namesOf(client, '/v1/gateways') });
  return data ?? NONE;
}

/** Names of the connections that the person may see, by id. */
export function useConnectionNames(): Names {
  const { client } = usePortal();
  const { data } = useQuery({ queryKey: ['connections', 'names'], queryFn: () => namesOf(client, '/v1/connections') });
  return data ?? NONE;
}

/** As a choice has them, by name. */
export function optionsOf(names: Names): (readonly [id: string, name: string])[] {
  return [...names].sort(([, one], [, other]) => one.localeCompare(other));
}

async function namesOf(client: TidegateClient, path: '/v1/gateways' | '/v1/connections'): Promise<Names> {
  const names = new Map<string, string>();
  for await (const page of pages(client, path)) {
    for (const { id, displayName } of page) names.set(id, displayName ?? id);
    if (names.size >= MAX_NAMES) break;
  }
  return names;
}
