import { useQuery } from '@tanstack/react-query';
import type { AnswerOf } from '../../../src/client/tidegate-client.js';
import { usePortal } from '../app/use-portal.js';

export type Me = AnswerOf<'get', '/v1/me'>;

/** Who the service takes the person for; undefined until it has said so. */
export function useMe(): Me | undefined {
  const { client } = usePortal();
  const { data } = useQuery({ queryKey: ['me'], queryFn: ({ signal }) => client.get('/v1/me', { signal }) });
  return data;
}
