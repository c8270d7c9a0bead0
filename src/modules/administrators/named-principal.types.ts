import type { PrincipalReference } from '../identity/principal.types.js';

/** A principal with the names people know it by. */
export interface NamedPrincipal extends PrincipalReference {
  /** Undefined for a principal that was never seen since names are kept. */
  readonly displayName: string | undefined;
  /** User principal name; people only. */
  readonly upn: string | undefined;
  /** Application (client) id; service principals only. */
  readonly appId: string | undefined;
}
