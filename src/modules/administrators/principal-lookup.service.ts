import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrincipalsService } from '../identity/principals.service.js';
import type { PrincipalReference } from './gateway-roles.types.js';
import { isIdentifier } from './identifier.policy.js';

/** A principal with the name people know it by. */
export type NamedPrincipal = PrincipalReference & { readonly displayName: string | undefined };

/** Finds the people and service principals that roles are given to. */
@Injectable()
export class PrincipalLookupService {
  constructor(private readonly principals: PrincipalsService) {}

  /** @throws DomainError PRINCIPAL_UNKNOWN when the tenant has no such principal of this type; IDENTITY_UNAVAILABLE */
  async get(tenantId: string, { id, type }: PrincipalReference): Promise<NamedPrincipal> {
    if (!isIdentifier(id)) throw new DomainError('PRINCIPAL_UNKNOWN', { principalId: id, type });
    const known = await this.principals.resolve(tenantId, id.toLowerCase(), type);
    return { id: known.id, type, displayName: known.displayName };
  }

  /** Puts names to grants as they stand in a table. */
  withNames<R extends { principalId: string; principalType: string }>(
    tenantId: string,
    rows: readonly R[],
  ): Promise<(Omit<R, 'principalId' | 'principalType'> & { principal: NamedPrincipal })[]> {
    return Promise.all(
      rows.map(async ({ principalId, principalType, ...rest }) => {
        const known = await this.principals.find(tenantId, principalId);
        const type = principalType === 'ServicePrincipal' ? ('ServicePrincipal' as const) : ('User' as const);
        return { ...rest, principal: { id: principalId, type, displayName: known?.displayName } };
      }),
    );
  }
}
