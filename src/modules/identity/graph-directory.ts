import { Injectable } from '@nestjs/common';
import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { readText } from '../../common/http/read-text.js';
import { serviceCredential } from '../../common/keys/service-credential.js';
import { AppConfig } from '../../config/env.js';
import { Directory, DirectoryUnavailable, type DirectoryEntry, type HeldPlan } from './directory.types.js';

/** A caller waits for the licence check, so it is short; Graph answers in 0.1 to 0.5 s. */
const TIMEOUT_MS = 5_000;

/** A user with fifty licences has one page; more than ten would be something else. */
const MAX_PAGES = 10;
const MAX_BYTES = 2 * 1024 * 1024;

/** States in which a plan counts: switched on, or on its way to be. `Disabled` and errors do not. */
const ACTIVE = new Set(['Success', 'PendingProvisioning', 'PendingActivation']);

const licensesSchema = z.object({
  value: z.array(
    z.object({
      skuPartNumber: z.string(),
      servicePlans: z.array(
        z.object({
          servicePlanId: z.guid().toLowerCase(),
          servicePlanName: z.string(),
          provisioningStatus: z.string(),
        }),
      ),
    }),
  ),
  '@odata.nextLink': z.url().optional(),
});
const principalSchema = z.object({
  id: z.guid().toLowerCase(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  appId: z.string().nullish(),
});

/** Microsoft Graph v1.0 with application permissions (User.Read.All, Application.Read.All). */
@Injectable()
export class GraphDirectory extends Directory {
  private credential: Promise<TokenCredential> | undefined;

  constructor(private readonly config: AppConfig) {
    super();
  }

  async findPlans(tenantId: string, userId: string): Promise<readonly HeldPlan[] | null> {
    const plans: HeldPlan[] = [];
    let path: string | undefined = `/v1.0/users/${encodeURIComponent(userId)}/licenseDetails`;
    for (let page = 0; path !== undefined && page < MAX_PAGES; page += 1) {
      const answer = await this.get(tenantId, path, licensesSchema);
      if (!answer) return null;
      for (const { skuPartNumber, servicePlans } of answer.value) {
        for (const { servicePlanId, servicePlanName, provisioningStatus } of servicePlans) {
          if (ACTIVE.has(provisioningStatus)) plans.push({ servicePlanId, servicePlanName, skuPartNumber });
        }
      }
      path = this.samePlace(answer['@odata.nextLink']);
    }
    return plans;
  }

  async findPrincipal(tenantId: string, id: string, type: 'User' | 'ServicePrincipal'): Promise<DirectoryEntry | null> {
    const kind = type === 'User' ? 'users' : 'servicePrincipals';
    const found = await this.get(tenantId, `/v1.0/${kind}/${encodeURIComponent(id)}`, principalSchema);
    // A user is found by name as well; only the object asked for will do.
    if (!found || found.id !== id.toLowerCase()) return null;
    const upn = found.userPrincipalName ?? undefined;
    return { id: found.id, displayName: found.displayName ?? upn ?? id, upn, appId: found.appId ?? undefined };
  }

  /** Our token goes to Graph and nowhere else, whatever a next link says. */
  private samePlace(link: string | undefined): string | undefined {
    if (link === undefined) return undefined;
    const url = new URL(link);
    if (url.origin !== new URL(this.config.graphUrl).origin)
      throw new DirectoryUnavailable('next link leads elsewhere');
    return url.pathname + url.search;
  }

  private async get<T>(tenantId: string, path: string, schema: z.ZodType<T>): Promise<T | null> {
    try {
      const response = await fetch(new URL(path, this.config.graphUrl), {
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { accept: 'application/json', authorization: `Bearer ${await this.token(tenantId)}` },
      });
      if (response.status === 404) {
        await response.body?.cancel();
        return null;
      }
      if (!response.ok) {
        await response.body?.cancel();
        throw new DirectoryUnavailable(`Graph answered ${response.status}`);
      }
      return schema.parse(JSON.parse(await readText(response, MAX_BYTES)));
    } catch (cause) {
      if (cause instanceof DirectoryUnavailable) throw cause;
      throw new DirectoryUnavailable('Graph cannot be asked', { cause });
    }
  }

  private async token(tenantId: string): Promise<string> {
    this.credential ??= serviceCredential(this.config);
    const credential = await this.credential;
    const token = await credential.getToken(scopeOf(this.config.graphUrl), {
      tenantId,
      abortSignal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!token) throw new DirectoryUnavailable('no token for Graph');
    return token.token;
  }
}

/** Graph's addresses in the sovereign clouds are their own audiences. @see learn.microsoft.com/graph/deployments */
const SOVEREIGN = [
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
  'https://microsoftgraph.chinacloudapi.cn',
];

/** What a token for Graph is asked for with. An address that is none of Graph's stands in for the public cloud's. */
function scopeOf(graphUrl: string): string {
  const { origin } = new URL(graphUrl);
  return `${SOVEREIGN.includes(origin) ? origin : 'https://graph.microsoft.com'}/.default`;
}
