import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { usePortal } from '../../app/use-portal.js';

type Report = Extract<AnswerOf<'get', '/v1/licences/report'>, { value: unknown }>;
export type UserVerdict = Report['value'][number];
export type EligibleFilter = '' | 'true' | 'false';

/** Everybody's verdicts, page by page. */
export function useLicenceReport(isEligible: EligibleFilter) {
  const { client } = usePortal();
  return useInfiniteQuery({
    queryKey: ['licences', 'report', isEligible],
    queryFn: async ({ pageParam }) => {
      const query = {
        ...(isEligible !== '' && { isEligible }),
        ...(pageParam !== undefined && { continuationToken: pageParam }),
      };
      return (await client.get('/v1/licences/report', { params: { query } })) as Report;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ continuationToken }) => continuationToken,
  });
}

/** Verdicts of those with whom a connection is shared. */
export function useConnectionLicences(connectionId: string) {
  const { client } = usePortal();
  return useQuery({
    queryKey: ['connections', 'licences', connectionId],
    queryFn: () => client.get('/v1/connections/{connectionId}/licences', { params: { path: { connectionId } } }),
    enabled: connectionId !== '',
  });
}
