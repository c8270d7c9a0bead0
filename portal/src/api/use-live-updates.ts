import { useQueryClient, type Query } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { usePortal } from '../app/use-portal.js';
import { readEvents } from './event-stream.js';

export type LiveState = 'beginning' | 'live' | 'broken';

const PAUSE_MS = 2_000;
const MAX_PAUSE_MS = 10_000;

/**
 * Hears from the control plane what changed and has the page ask again. Queries are named by what they show: the first
 * word of their key is the topic (`gateways`, `connections`, …); `meta.topics` names others that they show as well.
 */
export function useLiveUpdates(): LiveState {
  const { signIn } = usePortal();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('beginning');
  useEffect(() => {
    const stopping = new AbortController();
    const run = async () => {
      let pauseMs = PAUSE_MS;
      while (!stopping.signal.aborted) {
        try {
          const response = await fetch('/v1/live', {
            headers: { authorization: `Bearer ${await signIn.token()}`, accept: 'text/event-stream' },
            signal: stopping.signal,
          });
          if (!response.ok || !response.body) throw new Error(`live updates answered ${response.status}`);
          setState('live');
          pauseMs = PAUSE_MS;
          // Whatever changed while nobody listened.
          void queries.invalidateQueries();
          for await (const { event } of readEvents(response.body)) {
            void queries.invalidateQueries({ predicate: (query) => isAbout(query, event) });
          }
          // It ends by itself before the token does: the next one begins in a moment, and nothing is wrong.
        } catch (error) {
          if (stopping.signal.aborted) return;
          if (!(error instanceof Error)) throw error;
          setState('broken');
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random() / 2)));
        pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 2);
      }
    };
    void run();
    return () => {
      stopping.abort();
    };
  }, [signIn, queries]);
  return state;
}

function isAbout({ queryKey, meta }: Query, topic: string): boolean {
  const others = meta?.['topics'];
  return queryKey[0] === topic || (Array.isArray(others) && others.includes(topic));
}
