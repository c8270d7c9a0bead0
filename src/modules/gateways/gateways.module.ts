import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import { ClustersService } from './clusters.service.js';
import { DirectivesService } from './directives.service.js';
import { EpochsService } from './epochs.service.js';
import { EpochTimings } from './epoch-timings.js';
import { FormerMembersService } from './former-members.service.js';
import { GatewayStatesService } from './gateway-states.service.js';
import { GatewayStatusService } from './gateway-status.service.js';
import { GatewayChangesService } from './gateway-changes.service.js';
import { GatewaySummariesService } from './gateway-summaries.service.js';
import { GatewaysService } from './gateways.service.js';
import { HeartbeatsService } from './heartbeats.service.js';
import { JoinTokensService } from './join-tokens.service.js';
import { LinksService } from './links.service.js';
import { MemberAdministrationService } from './member-administration.service.js';
import { MemberCallService } from './member-call.service.js';
import { MemberOrdersService } from './member-orders.service.js';
import { MemberTokensService } from './member-tokens.service.js';
import { MembersService } from './members.service.js';
import { MemberUpdatesService } from './member-updates.service.js';
import { NamespaceFailoverService } from './namespace-failover.service.js';
import { NamespaceTimings } from './namespace-timings.js';
import { NewMemberService } from './new-member.service.js';
import { NewestVersionService } from './newest-version.service.js';
import { PastEpochsService } from './past-epochs.service.js';
import { RefusedRepliesService } from './refused-replies.service.js';
import { RegistrationSecretsService } from './registration-secrets.service.js';
import { RegistrationLookupService } from './registration-lookup.service.js';
import { RegistrationService } from './registration.service.js';
import { RootPinsService } from './root-pins.service.js';
import { SessionKeyStoreService } from './session-key-store.service.js';
import { SessionMovesService } from './session-moves.service.js';
import { UnregistrationService } from './unregistration.service.js';

@Module({
  imports: [AdministratorsModule, AuditModule, IdentityModule, RelayBrokerModule, TenantPolicyModule],
  providers: [
    ClustersService,
    DirectivesService,
    EpochsService,
    EpochTimings,
    FormerMembersService,
    GatewayChangesService,
    GatewaysService,
    GatewayStatesService,
    GatewayStatusService,
    GatewaySummariesService,
    HeartbeatsService,
    JoinTokensService,
    LinksService,
    MemberAdministrationService,
    MemberCallService,
    MemberOrdersService,
    MemberTokensService,
    MembersService,
    MemberUpdatesService,
    NamespaceFailoverService,
    NamespaceTimings,
    NewMemberService,
    NewestVersionService,
    PastEpochsService,
    RefusedRepliesService,
    RegistrationSecretsService,
    RegistrationLookupService,
    RegistrationService,
    RootPinsService,
    SessionKeyStoreService,
    SessionMovesService,
    UnregistrationService,
  ],
  exports: [
    ClustersService,
    DirectivesService,
    EpochsService,
    FormerMembersService,
    GatewayChangesService,
    GatewaysService,
    GatewayStatesService,
    GatewayStatusService,
    GatewaySummariesService,
    JoinTokensService,
    LinksService,
    MemberAdministrationService,
    MemberCallService,
    MemberOrdersService,
    MemberTokensService,
    MembersService,
    MemberUpdatesService,
    NewMemberService,
    NewestVersionService,
    PastEpochsService,
    RegistrationSecretsService,
    RegistrationLookupService,
    RegistrationService,
    SessionKeyStoreService,
    SessionMovesService,
    UnregistrationService,
  ],
})
export class GatewaysModule {}
