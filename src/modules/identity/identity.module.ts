import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Authenticator } from '../../common/auth/authenticator.js';
import { BearerGuard } from '../../common/auth/bearer.guard.js';
import { ManagementLimitGuard } from '../../common/auth/management-limit.guard.js';
import { CallerAdmission } from '../../common/auth/caller-admission.js';
import { AuditModule } from '../audit/audit.module.js';
import { Directory } from './directory.types.js';
import { GraphDirectory } from './graph-directory.js';
import { GroupsService } from './groups.service.js';
import { IdentityAdmission } from './identity-admission.js';
import { PrincipalStore } from './principal-store.service.js';
import { PrincipalsService } from './principals.service.js';
import { TenantKeys } from './tenant-keys.service.js';
import { TenantsService } from './tenants.service.js';

/** Tenants, people and service principals, and with them the guard before every route. */
@Module({
  imports: [AuditModule],
  providers: [
    TenantsService,
    TenantKeys,
    PrincipalsService,
    PrincipalStore,
    GroupsService,
    { provide: Directory, useClass: GraphDirectory },
    { provide: CallerAdmission, useClass: IdentityAdmission },
    Authenticator,
    { provide: APP_GUARD, useClass: BearerGuard },
    { provide: APP_GUARD, useClass: ManagementLimitGuard },
  ],
  exports: [TenantsService, TenantKeys, PrincipalsService, GroupsService, Directory, Authenticator],
})
export class IdentityModule {}
