import { Controller, Get } from '@nestjs/common';
import { Public } from '../../common/auth/public.decorator.js';
import { ReplicaIdentity } from '../../common/keys/replica-identity.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import type { Discovery } from '../../contract/registration.js';
import { CONTRACT_VERSION, PRODUCT_VERSION } from '../../contract/version.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { environmentRegionsOf, gatewayRegionName } from '../environments/regions.policy.js';
import { AGENT_ANSWERS } from './agent.answers.js';

/** What an agent needs to know before it is anybody. */
@Controller('agent/v1/discovery')
@Public()
export class DiscoveryController {
  constructor(
    private readonly config: AppConfig,
    private readonly identity: ReplicaIdentity,
    private readonly provisioner: RelayProvisioner,
  ) {}

  @Get()
  @Answers({ 200: AGENT_ANSWERS.discovery })
  get(): Discovery {
    const { authority, clientId, issuer, scope } = this.config;
    return {
      issuer,
      version: PRODUCT_VERSION,
      contractVersions: [CONTRACT_VERSION],
      regions: this.provisioner.servedRegions().map((key) => ({
        key,
        displayName: gatewayRegionName(key),
        environmentRegions: [...environmentRegionsOf(key)],
      })),
      signIn: {
        clientId,
        scope,
        deviceAuthorizationEndpoint: `${authority}/{tenant}/oauth2/v2.0/devicecode`,
        tokenEndpoint: `${authority}/{tenant}/oauth2/v2.0/token`,
      },
      root: this.identity.root(),
    };
  }
}
