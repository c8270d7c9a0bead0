import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { paths } from '../../../../src/client/schema.js';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { usePortal } from '../../app/use-portal.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { limitsOf } from '../../parts/time-range.js';
import type { RequestRecord } from './request-record.js';

const NAMES = ['gatewayId', 'connectionId', 'callerId', 'status', 'code', 'range', 'from', 'to', 'live'] as const;
export type RequestFilter = Readonly<Record<(typeof NAMES)[number], string>>;
type Query = NonNullable<paths['/v1/requests']['get']['parameters']['query']>;

/** For what live updates miss, and for control planes without them. */
const REFRESH_MS = 10_000;
/** A request under way is looked at again after this. */
const RUNNING_MS = 1_500;

export function useRequestFilter() {
  const [filter, change] = useSearchTexts(NAMES);
  const isFiltered = NAMES.some((name) => name !== 'live' && filter[name] !== '');
  const clear = () => change({ ...Object.fromEntries(NAMES.map((name) => [name, ''])), live: filter.live });
  return { filter, change, isFiltered, clear, isLive: filter.live !== 'off' };
}

/** Past requests, the newest first. While it is live only the newest page is held: it is read again with each change. */
export function useRequests(filter: RequestFilter, isLive: boolean) {
  const { client } = usePortal();
  return useInfiniteQuery({
    // The first word is the topic of live updates: what is held still has another.
    queryKey: [isLive ? 'requests' : 'held-requests', 'list', filter],
    queryFn: async ({ pageParam }) => {
      const query = { ...queryOf(filter), ...(pageParam === '' ? {} : { continuationToken: pageParam }) };
      return client.get('/v1/requests', { params: { query } });
    },
    initialPageParam: '',
    getNextPageParam: ({ continuationToken }: AnswerOf<'get', '/v1/requests'>) =>
      isLive ? undefined : continuationToken,
    refetchInterval: isLive ? REFRESH_MS : false,
    staleTime: isLive ? 0 : Infinity,
  });
}

export function useRequest(traceId: string) {
  const { client } = usePortal();
  return useQuery({
    queryKey: ['requests', 'one', traceId],
    queryFn: async () =>
      (await client.get('/v1/requests/{traceId}', { params: { path: { traceId } } })) as RequestRecord,
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? RUNNING_MS : false),
  });
}

function queryOf({ range, from, to, live: _live, ...equal }: RequestFilter): Query {
  const given = Object.entries(equal).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(given), ...limitsOf({ range, from, to }, new Date()) };
}
