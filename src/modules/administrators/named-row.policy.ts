import type { PrincipalType } from '../identity/principal.types.js';
import type { NamedPrincipal } from './named-principal.types.js';

/** A grant as a list of roles reads it, beside the names of its holder; all null for one that was never seen. */
export interface NamedRow {
  readonly principalId: string;
  readonly principalType: PrincipalType;
  readonly displayName: string | null;
  readonly upn: string | null;
  readonly appId: string | null;
}

export function toNamed<R extends NamedRow>(row: R): Omit<R, keyof NamedRow> & { readonly principal: NamedPrincipal } {
  const { principalId: id, principalType: type, displayName, upn, appId, ...grant } = row;
  const names = { displayName: displayName ?? undefined, upn: upn ?? undefined, appId: appId ?? undefined };
  return { ...grant, principal: { id, type, ...names } };
}
