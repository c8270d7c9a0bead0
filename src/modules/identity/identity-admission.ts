import { Injectable } from '@nestjs/common';
import { CallerAdmission } from '../../common/auth/caller-admission.js';
import type { Caller } from '../../common/auth/caller.js';
import { PrincipalsService } from './principals.service.js';
import { TenantsService } from './tenants.service.js';

/** The guard's question, answered by the tables of tenants and principals. */
@Injectable()
export class IdentityAdmission extends CallerAdmission {
  constructor(
    private readonly tenants: TenantsService,
    private readonly principals: PrincipalsService,
  ) {
    super();
  }

  async admit(caller: Caller, appId: string | undefined): Promise<void> {
    // A new tenant is called by its first person's domain until somebody names it.
    await this.tenants.admit(caller.tenantId, caller.upn?.split('@')[1]);
    await this.principals.seen(caller, appId);
  }
}
