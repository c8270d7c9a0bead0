/** One service plan that a user holds through a licence, as the directory tells it. */
export interface HeldPlan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  /** The licence that brings it. */
  readonly skuPartNumber: string;
}

/** A person or service principal, as the directory knows it. */
export interface DirectoryEntry {
  readonly id: string;
  readonly displayName: string;
  readonly upn: string | undefined;
  readonly appId: string | undefined;
}

/** The directory cannot be asked: it is away, it is busy, or it does not let us. */
export class DirectoryUnavailable extends Error {
  override readonly name = 'DirectoryUnavailable';
}

/** The tenant's directory. */
export abstract class Directory {
  /** Service plans that are switched on for a user; null when there is no such user. @throws DirectoryUnavailable */
  abstract findPlans(tenantId: string, userId: string): Promise<readonly HeldPlan[] | null>;

  /** @throws DirectoryUnavailable */
  abstract findPrincipal(
    tenantId: string,
    id: string,
    type: 'User' | 'ServicePrincipal',
  ): Promise<DirectoryEntry | null>;
}
