import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../../../src/client/api-error.js';
import type { TidegateClient } from '../../../../src/client/tidegate-client.js';
import type { ConnectionSummary } from '../../api/connection-summaries.js';
import { usePortal } from '../../app/use-portal.js';

/** Tests under way at once: enough to be quick, few enough to leave the gateways to their work. */
const AT_ONCE = 4;

export interface TestOutcome {
  readonly ok: boolean;
  /** Why not, in the words of the catalogue; empty where it works. */
  readonly reason: string;
}

/** Tests many connections, a few at a time, and tells what became of each as it comes. */
export function useBulkTest() {
  const { client } = usePortal();
  const queries = useQueryClient();
  const [total, setTotal] = useState(0);
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, TestOutcome>>(new Map());
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => () => stopping.current?.abort(), []);

  const run = async (connections: readonly ConnectionSummary[]) => {
    const stop = new AbortController();
    stopping.current = stop;
    setTotal(connections.length);
    setOutcomes(new Map());
    setFailure(undefined);
    setRunning(true);
    const left = [...connections];
    const work = async () => {
      for (let next = left.shift(); next && !stop.signal.aborted; next = left.shift()) {
        const { id } = next;
        const outcome = await testOne(client, id, stop.signal);
        setOutcomes((before) => new Map(before).set(id, outcome));
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
      void queries.invalidateQueries({ queryKey: ['connections', 'summaries'] });
    }
  };
  return { total, isRunning, failure, outcomes, run, stop: () => stopping.current?.abort() };
}

async function testOne(client: TidegateClient, connectionId: string, signal: AbortSignal): Promise<TestOutcome> {
  try {
    const params = { path: { connectionId } };
    const { status, errors } = await client.post('/v1/connections/{connectionId}/testConnection', { params, signal });
    return {
      ok: status === 'Online',
      reason: errors.map(({ errorCode, message }) => `${message} (${errorCode})`).join(' '),
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ok: false, reason: `${error.message} ${error.remedy} (${error.code})` };
  }
}
