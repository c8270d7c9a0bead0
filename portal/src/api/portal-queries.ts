import { notifyManager, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../../src/client/api-error.js';

/** Live updates refresh what changed; this is for what they miss. */
const STALE_MS = 30_000;
const MAX_RETRIES = 3;

/** Reads are tried again where the control plane cannot be reached or says that it passes; refusals are shown at once. */
export function createPortalQueries(): QueryClient {
  // A form that is being sent shows so before the second click of a double click arrives.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (failures, error) => failures < MAX_RETRIES && mayPass(error),
        retryDelay: (failures) => Math.min(10_000, 500 * 2 ** failures),
      },
      mutations: { retry: false },
    },
  });
}

function mayPass(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 429 || error.status >= 502;
  // What `fetch` throws when there is no answer.
  return error instanceof TypeError;
}
