import type { PrincipalType } from './principal.types.js';

/** One service plan that a user holds through a licence, as the directory tells it. */
export interface HeldPlan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  /** The licence that brings it. */
  readonly skuPartNumber: string;
}

/** A person, service principal or group, as the directory knows it. */
export interface DirectoryEntry {
  readonly id: string;
  readonly displayName: string;
  readonly upn: string | undefined;
  readonly appId: string | undefined;
  /** Whether it may sign in; groups are always. */
  readonly isEnabled: boolean;
}

/** What people are looked for by. */
export interface DirectoryQuery {
  /** Beginning of a name, or of a word in it. */
  readonly text: string;
  readonly type: PrincipalType;
  /** At most as many come. */
  readonly limit: number;
}

/** The directory cannot be asked: it is away, it is busy, or it does not let us. */
export class DirectoryUnavailable extends Error {
  override readonly name = 'DirectoryUnavailable';
  /** When it may be asked again, if it said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly retryAfterSeconds?: number } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The tenant's directory. */
export abstract class Directory {
  /** Service plans that are switched on for a user; null when there is no such user. @throws DirectoryUnavailable */
  abstract findPlans(tenantId: string, userId: string): Promise<readonly HeldPlan[] | null>;

  /** @throws DirectoryUnavailable */
  abstract findPrincipal(tenantId: string, id: string, type: PrincipalType): Promise<DirectoryEntry | null>;

  /** Entries whose name, or a word of it, begins so, by name. @throws DirectoryUnavailable */
  abstract search(tenantId: string, query: DirectoryQuery): Promise<readonly DirectoryEntry[]>;

  /** A person by user principal name. @throws DirectoryUnavailable */
  abstract findUserByName(tenantId: string, upn: string): Promise<DirectoryEntry | null>;

  /** Object ids of every group that holds the principal, nested ones included; null when there is no such principal. @throws DirectoryUnavailable */
  abstract findGroupIds(
    tenantId: string,
    principal: { readonly id: string; readonly type: 'User' | 'ServicePrincipal' },
  ): Promise<readonly string[] | null>;

  /** People in a group, those of nested groups included, at most `limit`; null when there is no such group. @throws DirectoryUnavailable */
  abstract findGroupMembers(
    tenantId: string,
    groupId: string,
    limit: number,
  ): Promise<readonly DirectoryEntry[] | null>;

  /** Whether principals may sign in; those missing from the answer the directory does not know. @throws DirectoryUnavailable */
  abstract findStates(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, 'Active' | 'Disabled'>>;
}
