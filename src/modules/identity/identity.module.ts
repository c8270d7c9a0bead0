import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Authenticator } from '../../common/auth/authenticator.js';
import { BearerGuard } from '../../common/auth/bearer.guard.js';
import { CallerAdmission } from '../../common/auth/caller-admission.js';
import { Directory } from './directory.types.js';
import { GraphDirectory } from './graph-directory.js';
import { IdentityAdmission } from './identity-admission.js';
import { PrincipalsService } from './principals.service.js';
import { TenantKeys } from './tenant-keys.service.js';
import { TenantsService } from './tenants.service.js';

/** Tenants, people and service principals, and with them the guard before every route. */
@Module({
  providers: [
    TenantsService,
    TenantKeys,
    PrincipalsService,
    { provide: Directory, useClass: GraphDirectory },
    { provide: CallerAdmission, useClass: IdentityAdmission },
    Authenticator,
    { provide: APP_GUARD, useClass: BearerGuard },
  ],
  exports: [TenantsService, TenantKeys, PrincipalsService, Directory, Authenticator],
})
export class IdentityModule {}
