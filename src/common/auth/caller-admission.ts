import type { Caller } from './caller.js';

/** Lets a caller in whose token was verified: knows its tenant and notes who was seen. */
export abstract class CallerAdmission {
  /**
   * @param appId application (client) id, for service principals
   * @throws DomainError TENANT_NOT_ADMITTED
   */
  abstract admit(caller: Caller, appId: string | undefined): Promise<void>;
}
