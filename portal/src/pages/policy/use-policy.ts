import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { usePortal } from '../../app/use-portal.js';
import type { PolicyDraft } from './policy-change.js';

const previewSchema = z.object({
  value: z.array(z.object({ kind: z.string(), id: z.string(), displayName: z.string(), effect: z.string() })),
  truncated: z.boolean(),
});
export type PolicyPreview = z.infer<typeof previewSchema>;

/** A draft, and the version of the policy on which it was made. */
export interface VersionedDraft {
  readonly version: number;
  readonly draft: PolicyDraft;
}

type UntypedPost = (path: string, init: object) => Promise<unknown>;

export function usePolicy() {
  const { client } = usePortal();
  return useQuery({ queryKey: ['policy'], queryFn: () => client.get('/v1/tenantPolicy') });
}

/** Whom a draft would affect. Changes nothing. */
export function usePolicyPreview() {
  const { client } = usePortal();
  const post = client.post as unknown as UntypedPost;
  return useMutation({
    mutationFn: async ({ version, draft }: VersionedDraft) =>
      previewSchema.parse(await post('/v1/tenantPolicy/preview', { body: { version, ...draft } })),
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
