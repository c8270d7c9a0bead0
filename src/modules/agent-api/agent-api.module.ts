import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { DiscoveryController } from './discovery.controller.js';
import { MemberGuard } from './member.guard.js';
import { MembershipController } from './membership.controller.js';
import { RegistrantGuard } from './registrant.guard.js';
import { RegistrationsController } from './registrations.controller.js';
import { TokensController } from './tokens.controller.js';

/** What agents call. */
@Module({
  imports: [GatewaysModule, IdentityModule, RelayBrokerModule],
  controllers: [DiscoveryController, RegistrationsController, TokensController, MembershipController],
  providers: [MemberGuard, RegistrantGuard],
})
export class AgentApiModule {}
