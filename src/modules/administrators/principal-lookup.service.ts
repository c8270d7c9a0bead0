import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import type { PrincipalReference, PrincipalType } from '../identity/principal.types.js';
import { PrincipalsService, type PrincipalRow } from '../identity/principals.service.js';
import type { NamedPrincipal } from './named-principal.types.js';

/** A grant as it stands in a table. */
interface GrantRow {
  readonly principalId: string;
  readonly principalType: PrincipalType;
}

type KnownNames = Pick<PrincipalRow, 'displayName' | 'upn' | 'appId'>;

/** A grant with its holder's names. */
type Named<R extends GrantRow> = Omit<R, keyof GrantRow> & { readonly principal: NamedPrincipal };

/** Finds the people, service principals and groups that roles are given to, and puts names to those that hold one. */
@Injectable()
export class PrincipalLookupService {
  constructor(private readonly principals: PrincipalsService) {}

  /** @throws DomainError PRINCIPAL_UNKNOWN when the tenant has no such principal of this type; IDENTITY_UNAVAILABLE */
  async get(tenantId: string, { id, type }: PrincipalReference): Promise<NamedPrincipal> {
    if (!isIdentifier(id)) throw new DomainError('PRINCIPAL_UNKNOWN', { principalId: id, type });
    const known = await this.principals.resolve(tenantId, id.toLowerCase(), type);
    return { id: known.id, type, ...namesOf(known) };
  }

  async withName<R extends GrantRow>(tenantId: string, row: R): Promise<Named<R>> {
    return named(row, await this.principals.named(tenantId, [row.principalId]));
  }
}

function named<R extends GrantRow>(row: R, known: ReadonlyMap<string, KnownNames>): Named<R> {
  const { principalId: id, principalType: type, ...rest } = row;
  return { ...rest, principal: { id, type, ...namesOf(known.get(id)) } };
}

function namesOf(known: KnownNames | undefined): Pick<NamedPrincipal, 'displayName' | 'upn' | 'appId'> {
  return { displayName: known?.displayName, upn: known?.upn ?? undefined, appId: known?.appId ?? undefined };
}
