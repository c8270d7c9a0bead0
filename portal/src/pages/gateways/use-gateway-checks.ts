import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../../../src/client/api-error.js';
import type { AnswerOf, TidegateClient } from '../../../../src/client/tidegate-client.js';
import { usePortal } from '../../app/use-portal.js';

/** Checks under way at once. */
const AT_ONCE = 4;

export interface GatewayCheck {
  /** `pending`: the service still waits for the gateway, and the list will tell. */
  readonly outcome: 'live' | 'notLive' | 'pending';
  /** Why not; empty where there is nothing to say. */
  readonly reason: string;
}

/** Asks many gateways whether they answer, a few at a time. */
export function useGatewayChecks() {
  const { client } = usePortal();
  const queries = useQueryClient();
  const [total, setTotal] = useState(0);
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [checks, setChecks] = useState<ReadonlyMap<string, GatewayCheck>>(new Map());
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => () => stopping.current?.abort(), []);

  const run = async (gatewayIds: readonly string[]) => {
    const stop = new AbortController();
    stopping.current = stop;
    const left = [...gatewayIds];
    setTotal(left.length);
    setChecks(new Map());
    setFailure(undefined);
    setRunning(true);
    const work = async () => {
      for (let id = left.shift(); id !== undefined && !stop.signal.aborted; id = left.shift()) {
        const gatewayId = id;
        const check = await checkOne(client, gatewayId, stop.signal);
        setChecks((before) => new Map(before).set(gatewayId, check));
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } catch (error) {
      // The control plane cannot be reached, or nobody is signed in: the rest would fail alike.
      if (!stop.signal.aborted) setFailure(error);
      stop.abort();
    } finally {
      setRunning(false);
      void queries.invalidateQueries({ queryKey: ['gateways'] });
    }
  };
  return { total, isRunning, failure, checks, run, stop: () => stopping.current?.abort() };
}

type Status = AnswerOf<'post', '/v1/gateways/{gatewayId}/checkStatus'>;

async function checkOne(client: TidegateClient, gatewayId: string, signal: AbortSignal): Promise<GatewayCheck> {
  try {
    const init = { params: { path: { gatewayId } }, signal };
    // An operation that takes long is accepted without a body.
    const status = (await client.post('/v1/gateways/{gatewayId}/checkStatus', init)) as Status | undefined;
    if (!status) return { outcome: 'pending', reason: '' };
    const reason = (status.errorDetails ?? []).map(({ message }) => message).join(' ');
    return { outcome: status.status === 'Online' ? 'live' : 'notLive', reason };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { outcome: 'notLive', reason: `${error.message} ${error.remedy} (${error.code})` };
  }
}
