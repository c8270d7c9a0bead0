import { useQuery } from '@tanstack/react-query';
import { pages } from '../../../../src/client/pages.js';
import { usePortal } from '../../app/use-portal.js';
import type { Environment } from './region-service.js';

/** All environments of the tenant, by name. */
export function useEnvironments() {
  const { client } = usePortal();
  return useQuery({
    queryKey: ['environments', 'all'],
    queryFn: async () => {
      const environments: Environment[] = [];
      for await (const page of pages(client, '/v1/environments')) environments.push(...page);
      return environments.sort((one, other) => one.displayName.localeCompare(other.displayName));
    },
  });
}

/** Which gateway regions serve which environment regions; it changes with releases of the control plane only. */
export function useRegionMap() {
  const { client } = usePortal();
  return useQuery({ queryKey: ['regions'], queryFn: () => client.get('/v1/regions'), staleTime: Infinity });
}
