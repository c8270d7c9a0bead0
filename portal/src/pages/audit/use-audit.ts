import { useInfiniteQuery } from '@tanstack/react-query';
import type { paths } from '../../../../src/client/schema.js';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { usePortal } from '../../app/use-portal.js';
import { limitsOf } from '../../parts/time-range.js';

const NAMES = ['action', 'actorId', 'gatewayId', 'subjectId', 'code', 'range', 'from', 'to'] as const;
export type AuditFilter = Readonly<Record<(typeof NAMES)[number], string>>;
export type AuditEntry = AnswerOf<'get', '/v1/audit'>['value'][number];
type Query = NonNullable<paths['/v1/audit']['get']['parameters']['query']>;

export function useAuditFilter() {
  const [filter, change] = useSearchTexts(NAMES);
  const isFiltered = NAMES.some((name) => filter[name] !== '');
  const clear = () => change(Object.fromEntries(NAMES.map((name) => [name, ''])));
  return { filter, change, isFiltered, clear };
}

/** Entries of the record, the newest first. */
export function useAudit(filter: AuditFilter) {
  const { client } = usePortal();
  return useInfiniteQuery({
    queryKey: ['audit', 'list', filter],
    queryFn: async ({ pageParam }) => {
      const query = { ...queryOf(filter), ...(pageParam === '' ? {} : { continuationToken: pageParam }) };
      return client.get('/v1/audit', { params: { query } });
    },
    initialPageParam: '',
    getNextPageParam: ({ continuationToken }) => continuationToken,
  });
}

function queryOf({ range, from, to, ...equal }: AuditFilter): Query {
  const given = Object.entries(equal).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(given), ...limitsOf({ range, from, to }, new Date()) };
}
