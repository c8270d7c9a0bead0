import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { items } from '../../../../src/client/pages.js';
import { usePortal } from '../../app/use-portal.js';

export type NewToken = AnswerOf<'post', '/v1/joinTokens'>;
export type WantedGateway = { readonly region: string; readonly gatewayName: string } | { readonly gatewayId: string };

/** How often the page looks whether the machine has come, where nothing tells it. */
const LOOK_EVERY_MS = 3_000;

/**
 * A join token, and what became of it. Its text lives in the state of this page alone, never in what is kept for other
 * pages.
 */
export function useJoinToken() {
  const { client } = usePortal();
  const queries = useQueryClient();
  const membersOf = async (gatewayId: string) =>
    (await client.get('/v1/gateways/{gatewayId}/members', { params: { path: { gatewayId } } })).value;
  const [token, setToken] = useState<NewToken>();
  const [revoked, setRevoked] = useState(false);
  // Members that were there before: the machine that comes is another one.
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  const id = token?.id;
  const spent = useQuery({
    queryKey: ['gateways', 'join-token', id],
    enabled: id !== undefined && !revoked,
    queryFn: async () => {
      for await (const one of items(client, '/v1/joinTokens')) if (one.id === id) return one;
      return null;
    },
    refetchInterval: ({ state }) => (state.data?.consumedAt === undefined ? LOOK_EVERY_MS : false),
  });
  const isUsed = spent.data?.consumedAt !== undefined;
  const gateway = useQuery({
    queryKey: ['gateways', 'installed', id],
    enabled: isUsed,
    queryFn: async () => {
      for await (const one of items(client, '/v1/gateways')) {
        if (one.id === token?.gatewayId || one.displayName === token?.gatewayName) return one;
      }
      return null;
    },
    refetchInterval: ({ state }) => (state.data ? false : LOOK_EVERY_MS),
  });
  const gatewayId = gateway.data?.id;
  const members = useQuery({
    queryKey: ['gateways', gatewayId, 'installed-members', id],
    enabled: gatewayId !== undefined,
    queryFn: async () => {
      return gatewayId === undefined ? [] : membersOf(gatewayId);
    },
    refetchInterval: ({ state }) => (isOnline(state.data, known) ? false : LOOK_EVERY_MS),
  });
  return {
    token,
    revoked,
    gateway: gateway.data ?? undefined,
    stage: !isUsed ? 0 : isOnline(members.data, known) ? 2 : 1,
    failure: spent.error ?? gateway.error ?? members.error ?? undefined,
    make: async (wanted: WantedGateway) => {
      setToken(undefined);
      setRevoked(false);
      const before = 'gatewayId' in wanted ? await membersOf(wanted.gatewayId) : [];
      setKnown(new Set(before.map((member) => member.id)));
      setToken(await client.post('/v1/joinTokens', { body: wanted }));
    },
    revoke: async () => {
      if (id === undefined) return;
      await client.delete('/v1/joinTokens/{joinTokenId}', { params: { path: { joinTokenId: id } } });
      setRevoked(true);
      await queries.invalidateQueries({ queryKey: ['gateways'] });
    },
    forget: () => setToken(undefined),
  } as const;
}

type Member = AnswerOf<'get', '/v1/gateways/{gatewayId}/members'>['value'][number];

function isOnline(members: readonly Member[] | undefined, known: ReadonlySet<string>): boolean {
  return members?.some(({ id, state }) => state === 'online' && !known.has(id)) === true;
}
