import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { AdministratorCountService } from './administrator-count.service.js';
import { AdministratorsService } from './administrators.service.js';
import { GatewayRoleAssignmentsService } from './gateway-role-assignments.service.js';
import { GatewayRolesService } from './gateway-roles.service.js';
import { GatewayRostersService } from './gateway-rosters.service.js';
import { PrincipalLookupService } from './principal-lookup.service.js';

const SERVICES = [
  AdministratorCountService,
  AdministratorsService,
  GatewayRolesService,
  GatewayRoleAssignmentsService,
  GatewayRostersService,
  PrincipalLookupService,
];

@Module({ imports: [AuditModule, IdentityModule], providers: SERVICES, exports: SERVICES })
export class AdministratorsModule {}
