import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import { GatewayStatesService } from './gateway-states.service.js';
import { GatewayChangesService } from './gateway-changes.service.js';
import { GatewaysService } from './gateways.service.js';
import { JoinTokensService } from './join-tokens.service.js';
import { LinksService } from './links.service.js';
import { MemberTokensService } from './member-tokens.service.js';
import { MembersService } from './members.service.js';
import { RegistrationSecretsService } from './registration-secrets.service.js';
import { RegistrationService } from './registration.service.js';

@Module({
  imports: [AdministratorsModule, AuditModule, IdentityModule, RelayBrokerModule, TenantPolicyModule],
  providers: [
    GatewayChangesService,
    GatewaysService,
    GatewayStatesService,
    JoinTokensService,
    LinksService,
    MemberTokensService,
    MembersService,
    RegistrationSecretsService,
    RegistrationService,
  ],
  exports: [
    GatewayChangesService,
    GatewaysService,
    GatewayStatesService,
    JoinTokensService,
    LinksService,
    MemberTokensService,
    MembersService,
    RegistrationService,
  ],
})
export class GatewaysModule {}
