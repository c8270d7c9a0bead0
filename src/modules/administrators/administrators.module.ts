import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { GatewayRoleAssignmentsService } from './gateway-role-assignments.service.js';
import { GatewayRolesService } from './gateway-roles.service.js';
import { PrincipalLookupService } from './principal-lookup.service.js';

@Module({
  imports: [AuditModule, IdentityModule],
  providers: [GatewayRolesService, GatewayRoleAssignmentsService, PrincipalLookupService],
  exports: [GatewayRolesService, GatewayRoleAssignmentsService, PrincipalLookupService],
})
export class AdministratorsModule {}
