import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { usePortal } from '../../app/use-portal.js';
import type { PolicyDraft } from './policy-change.js';

export type PolicyPreview = AnswerOf<'post', '/v1/tenantPolicy/preview'>;

/** A draft, and the version of the policy on which it was made. */
export interface VersionedDraft {
  readonly version: number;
  readonly draft: PolicyDraft;
}

export function usePolicy() {
  const { client } = usePortal();
  return useQuery({ queryKey: ['policy'], queryFn: () => client.get('/v1/tenantPolicy') });
}

/** Whom a draft would affect. Changes nothing. */
export function usePolicyPreview() {
  const { client } = usePortal();
  return useMutation({
    mutationFn: ({ version, draft }: VersionedDraft) =>
      client.post('/v1/tenantPolicy/preview', { body: { version, ...draft } }),
  });
}

/** Saves a draft; refused when somebody else saved since. */
export function useSavePolicy() {
  const { client } = usePortal();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, draft }: VersionedDraft) =>
      client.patch('/v1/tenantPolicy', { body: { version, ...draft } }),
    onSuccess: (saved) => queries.setQueryData(['policy'], saved),
    // A conflict: theirs is needed to compare.
    onError: () => queries.invalidateQueries({ queryKey: ['policy'] }),
  });
}
