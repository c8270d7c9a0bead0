import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/env.js';
import {
  Directory,
  DirectoryUnavailable,
  type DirectoryEntry,
  type DirectoryQuery,
  type HeldPlan,
} from './directory.types.js';
import { entriesSchema, entrySchema, idsSchema, licencesSchema, type GraphEntry } from './graph-answers.js';
import { GraphClient } from './graph-client.js';
import type { PrincipalType } from './principal.types.js';

/** A user with fifty licences has one page; more than ten would be something else. */
const MAX_LICENCE_PAGES = 10;

/** Largest page of people that Graph gives. */
const MEMBERS_PAGE = 999;

/** Most ids that one `getByIds` takes. */
const MAX_IDS = 1_000;

/** States in which a plan counts: switched on, or on its way to be. `Disabled` and errors do not. */
const ACTIVE = new Set(['Success', 'PendingProvisioning', 'PendingActivation']);

const COLLECTIONS = { User: 'users', ServicePrincipal: 'servicePrincipals', Group: 'groups' } as const;
const USER_FIELDS = 'id,displayName,userPrincipalName,accountEnabled';
const FIELDS = { User: USER_FIELDS, ServicePrincipal: 'id,displayName,appId,accountEnabled', Group: 'id,displayName' };

/**
 * Microsoft Graph v1.0 with application permissions: User.Read.All, Application.Read.All, GroupMember.Read.All, and
 * Directory.Read.All for states.
 */
@Injectable()
export class GraphDirectory extends Directory {
  private readonly graph: GraphClient;

  constructor(config: AppConfig) {
    super();
    this.graph = new GraphClient(config);
  }

  async findPlans(tenantId: string, userId: string): Promise<readonly HeldPlan[] | null> {
    const ask = this.graph.within(tenantId);
    const plans: HeldPlan[] = [];
    let path = `/v1.0/users/${encodeURIComponent(userId)}/licenseDetails`;
    for (let page = 0; page < MAX_LICENCE_PAGES; page += 1) {
      const answer = await ask(path, licencesSchema);
      if (!answer) return null;
      for (const { skuPartNumber, servicePlans } of answer.value) {
        for (const { servicePlanId, servicePlanName, provisioningStatus } of servicePlans) {
          if (ACTIVE.has(provisioningStatus)) plans.push({ servicePlanId, servicePlanName, skuPartNumber });
        }
      }
      const next = answer['@odata.nextLink'];
      if (next === undefined) return plans;
      path = this.graph.pathOf(next);
    }
    throw new DirectoryUnavailable(`more than ${MAX_LICENCE_PAGES} pages of licences`);
  }

  async findPrincipal(tenantId: string, id: string, type: PrincipalType): Promise<DirectoryEntry | null> {
    const path = `/v1.0/${COLLECTIONS[type]}/${encodeURIComponent(id)}?$select=${FIELDS[type]}`;
    const found = await this.graph.within(tenantId)(path, entrySchema);
    // A user is found by name as well; only the object asked for will do.
    return found?.id === id.toLowerCase() ? toEntry(found) : null;
  }

  async search(tenantId: string, { text, type, limit }: DirectoryQuery): Promise<readonly DirectoryEntry[]> {
    const path = `/v1.0/${COLLECTIONS[type]}?$search=${encodeURIComponent(searchOf(text, type))}&$select=${FIELDS[type]}&$top=${limit}`;
    // Searching is an advanced query, which Graph refuses without this header.
    const found = await this.graph.within(tenantId)(path, entriesSchema, { headers: { ConsistencyLevel: 'eventual' } });
    if (!found) throw new DirectoryUnavailable('Graph does not know the search');
    return found.value.slice(0, limit).map(toEntry);
  }

  async findUserByName(tenantId: string, upn: string): Promise<DirectoryEntry | null> {
    if (!upn.includes('@')) return null;
    // A name that starts with a dollar sign is only understood in the form of a key.
    const key = upn.startsWith('$')
      ? `('${encodeURIComponent(upn.replaceAll("'", "''"))}')`
      : `/${encodeURIComponent(upn)}`;
    const found = await this.graph.within(tenantId)(`/v1.0/users${key}?$select=${USER_FIELDS}`, entrySchema);
    return found?.userPrincipalName?.toLowerCase() === upn.toLowerCase() ? toEntry(found) : null;
  }

  async findGroupIds(
    tenantId: string,
    { id, type }: { readonly id: string; readonly type: 'User' | 'ServicePrincipal' },
  ): Promise<readonly string[] | null> {
    const path = `/v1.0/${COLLECTIONS[type]}/${encodeURIComponent(id)}/getMemberGroups`;
    const found = await this.graph.within(tenantId)(path, idsSchema, { body: { securityEnabledOnly: false } });
    return found && found.value;
  }

  async findGroupMembers(tenantId: string, groupId: string, limit: number): Promise<readonly DirectoryEntry[] | null> {
    const ask = this.graph.within(tenantId);
    const people: DirectoryEntry[] = [];
    // Only people: the cast is an advanced query, which Graph answers with both the header and the count.
    const query = `$select=${USER_FIELDS}&$top=${Math.min(limit, MEMBERS_PAGE)}&$count=true`;
    let path = `/v1.0/groups/${encodeURIComponent(groupId)}/transitiveMembers/microsoft.graph.user?${query}`;
    while (people.length < limit) {
      const answer = await ask(path, entriesSchema, { headers: { ConsistencyLevel: 'eventual' } });
      if (!answer) return null;
      people.push(...answer.value.map(toEntry));
      const next = answer['@odata.nextLink'];
      if (next === undefined) break;
      path = this.graph.pathOf(next);
    }
    return people.slice(0, limit);
  }

  async findStates(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, 'Active' | 'Disabled'>> {
    const states = new Map<string, 'Active' | 'Disabled'>();
    const types = ['user', 'servicePrincipal', 'group'];
    for (let start = 0; start < ids.length; start += MAX_IDS) {
      // A budget for each call: thousands of principals are asked about by a timer, not by a waiting caller.
      const ask = this.graph.within(tenantId);
      const body = { ids: ids.slice(start, start + MAX_IDS), types };
      const found = await ask('/v1.0/directoryObjects/getByIds?$select=id,accountEnabled', entriesSchema, { body });
      if (!found) throw new DirectoryUnavailable('Graph does not know getByIds');
      for (const { id, accountEnabled } of found.value)
        states.set(id, accountEnabled === false ? 'Disabled' : 'Active');
    }
    return states;
  }
}

/**
 * What Graph is to search for. The words stand in quotes: quotes and backslashes among them would end these.
 *
 * @see learn.microsoft.com/graph/search-query-parameter, section "Using search on directory object collections"
 */
function searchOf(text: string, type: PrincipalType): string {
  const words = text.replace(/[\\"]/g, '\\$&');
  const fields = type === 'User' ? ['displayName', 'userPrincipalName', 'mail'] : ['displayName'];
  return fields.map((field) => `"${field}:${words}"`).join(' OR ');
}

function toEntry({ id, displayName, userPrincipalName, appId, accountEnabled }: GraphEntry): DirectoryEntry {
  const upn = userPrincipalName ?? undefined;
  return {
    id,
    displayName: displayName ?? upn ?? id,
    upn,
    appId: appId ?? undefined,
    isEnabled: accountEnabled !== false,
  };
}
