import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrincipalsService } from '../identity/principals.service.js';
import type { PrincipalReference, PrincipalType } from '../identity/principal.types.js';

/** Types as Power BI calls them. */
export const PRINCIPAL_NAMES = { User: 'User', ServicePrincipal: 'App', Group: 'Group' } as const satisfies Record<
  PrincipalType,
  string
>;
const BY_NAME: Readonly<Record<string, PrincipalType>> = { User: 'User', App: 'ServicePrincipal', Group: 'Group' };

/** Longest address of somebody, in characters. */
export const MAX_ADDRESS = 320;

/** Finds whom a client means: by object id or address, with or without a type. */
@Injectable()
export class PrincipalFinder {
  constructor(private readonly principals: PrincipalsService) {}

  /**
   * @param typeName as Power BI has it; undefined or `None` when the client does not say
   * @throws DomainError PRINCIPAL_UNKNOWN, IDENTITY_UNAVAILABLE
   */
  async get(tenantId: string, idOrAddress: string, typeName?: string): Promise<PrincipalReference> {
    const type = typeName === undefined ? undefined : BY_NAME[typeName];
    const found = await this.find(tenantId, idOrAddress, type);
    if (found) return found;
    throw new DomainError('PRINCIPAL_UNKNOWN', { principalId: idOrAddress.slice(0, 64), ...(type && { type }) });
  }

  /** @throws DomainError IDENTITY_UNAVAILABLE */
  async find(tenantId: string, idOrAddress: string, type?: PrincipalType): Promise<PrincipalReference | null> {
    const isId = isIdentifier(idOrAddress);
    // Types that have no addresses; the lookup of the role tells whether there is such a one.
    if (isId && type !== undefined) return { id: idOrAddress.toLowerCase(), type };
    if (!isId && type !== undefined && type !== 'User') return null;
    const known = await this.principals.findByIdOrUpn(tenantId, idOrAddress);
    if (known) return known;
    return isId ? this.group(tenantId, idOrAddress.toLowerCase()) : null;
  }

  private async group(tenantId: string, id: string): Promise<PrincipalReference | null> {
    try {
      return await this.principals.resolve(tenantId, id, 'Group');
    } catch (error) {
      if (error instanceof DomainError && error.code === 'PRINCIPAL_UNKNOWN') return null;
      throw error;
    }
  }
}
