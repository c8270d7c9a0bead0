import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenCredential } from '@azure/identity';
import type { z } from 'zod';
import { BoundedCache } from '../../common/bounded-cache.js';
import { readText } from '../../common/http/read-text.js';
import { serviceCredential } from '../../common/keys/service-credential.js';
import type { AppConfig } from '../../config/env.js';
import { DirectoryUnavailable } from './directory.types.js';

/** Somebody's request waits for the answer, so all of it is short, pages and waits included; Graph answers in 0.1 to 0.5 s. */
const BUDGET_MS = 5_000;

const MAX_BYTES = 2 * 1024 * 1024;
const MAX_TENANTS = 10_000;

/** Graph asks for minutes when it throttles; more than this is not believed. */
const LONGEST_PAUSE_MS = 60 * 60 * 1000;
/** `Retry-After: 0` is no leave to ask in a tight loop. */
const SHORTEST_PAUSE_MS = 100;

/** Graph's addresses in the sovereign clouds are their own audiences. @see learn.microsoft.com/graph/deployments */
const SOVEREIGN = [
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
  'https://microsoftgraph.chinacloudapi.cn',
];

/** What a question to Graph adds to its path. */
export interface GraphQuestion {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON with POST. */
  readonly body?: unknown;
}

/** Asks one page after the other, and one question after the other, within one time budget. */
export type AskGraph = <T>(path: string, schema: z.ZodType<T>, question?: GraphQuestion) => Promise<T | null>;

/** Speaks HTTP with Microsoft Graph as the service itself, and keeps quiet for as long as Graph asks it to. */
export class GraphClient {
  /** Until when Graph wants no more questions about a tenant, in milliseconds since 1970. */
  private readonly pausedUntil = new BoundedCache<string, number>(MAX_TENANTS, LONGEST_PAUSE_MS);
  private credential: Promise<TokenCredential> | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly budgetMs = BUDGET_MS,
  ) {}

  /** Starts the budget of one caller; what it answers is null for 404. @throws DirectoryUnavailable */
  within(tenantId: string): AskGraph {
    const deadline = Date.now() + this.budgetMs;
    return async (path, schema, question = {}) => {
      try {
        for (;;) {
          await this.waitForLeave(tenantId, deadline);
          const response = await this.send(tenantId, path, question, deadline);
          if (response.ok) return schema.parse(JSON.parse(await readText(response, MAX_BYTES)));
          await response.body?.cancel();
          if (response.status === 404) return null;
          const pauseMs = pauseOf(response);
          if (pauseMs === undefined) throw new DirectoryUnavailable(`Graph answered ${response.status}`);
          this.pausedUntil.set(tenantId, Date.now() + pauseMs, pauseMs);
        }
      } catch (cause) {
        if (cause instanceof DirectoryUnavailable) throw cause;
        throw new DirectoryUnavailable('Graph cannot be asked', { cause });
      }
    };
  }

  /** Path of a next link. Our token goes to Graph and nowhere else, whatever the link says. @throws DirectoryUnavailable */
  pathOf(nextLink: string): string {
    const url = new URL(nextLink);
    if (url.origin !== new URL(this.config.graphUrl).origin)
      throw new DirectoryUnavailable('next link leads elsewhere');
    return url.pathname + url.search;
  }

  private async waitForLeave(tenantId: string, deadline: number): Promise<void> {
    const until = this.pausedUntil.get(tenantId);
    if (until === undefined) return;
    const waitMs = until - Date.now();
    if (until < deadline) return sleep(waitMs);
    throw new DirectoryUnavailable('Graph asked for a pause', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  }

  private async send(
    tenantId: string,
    path: string,
    { headers, body }: GraphQuestion,
    deadline: number,
  ): Promise<Response> {
    const signal = AbortSignal.timeout(Math.max(1, deadline - Date.now()));
    const token = await this.token(tenantId, signal);
    return fetch(new URL(path, this.config.graphUrl), {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'error',
      signal,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  private async token(tenantId: string, abortSignal: AbortSignal): Promise<string> {
    this.credential ??= serviceCredential(this.config);
    const credential = await this.credential;
    const token = await credential.getToken(scopeOf(this.config.graphUrl), { tenantId, abortSignal });
    if (!token) throw new DirectoryUnavailable('no token for Graph');
    return token.token;
  }
}

/** What a token for Graph is asked for with. An address that is none of Graph's stands in for the public cloud's. */
function scopeOf(graphUrl: string): string {
  const { origin } = new URL(graphUrl);
  return `${SOVEREIGN.includes(origin) ? origin : 'https://graph.microsoft.com'}/.default`;
}

/** How long a refusal asks us to keep away, as seconds or as a date; undefined: it is no such refusal. @see RFC 9110 section 10.2.3 */
function pauseOf({ status, headers }: Response): number | undefined {
  const text = headers.get('retry-after');
  if ((status !== 429 && status !== 503) || text === null) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS) : undefined;
}
