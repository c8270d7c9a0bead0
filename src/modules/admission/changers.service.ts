import { Injectable } from '@nestjs/common';
import { gatewayRegionName, gatewayRegionsOf } from '../environments/regions.policy.js';
import { AdministratorsService } from '../administrators/administrators.service.js';
import { ConnectionOwnersService } from '../connections/connection-owners.service.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { PrincipalRow } from '../identity/principals.service.js';
import type { ConnectFacts, RequestFacts, RuleName } from './admission.types.js';
import type { Changer } from './explain.types.js';

const TENANT_ADMINISTRATOR: Changer = { role: 'Administrator of the tenant', people: [] };
const LICENCE_ADMINISTRATOR: Changer = { role: 'Licence administrator of the tenant', people: [] };

/** Tells whom to ask: who can change what a rule says. */
@Injectable()
export class ChangersService {
  constructor(
    private readonly administrators: AdministratorsService,
    private readonly owners: ConnectionOwnersService,
  ) {}

  /** For every rule, each list of people read once. */
  async of(tenantId: string, facts: RequestFacts | ConnectFacts): Promise<(rule: RuleName) => readonly Changer[]> {
    const { gateway, environment } = facts;
    const [administrators, owners] = await Promise.all([
      this.administrators.list(tenantId, gateway.id),
      'route' in facts ? this.owners.list(tenantId, facts.route.connection.id) : [],
    ]);
    const ofGateway = { role: `Administrator of the gateway “${gateway.name}”`, people: administrators.map(person) };
    const ofConnection = { role: 'Owner of the connection', people: owners.map(person) };
    const operators = gateway.members.map(({ name }) => ({ role: `Operator of the machine “${name}”`, people: [] }));
    const roleGivers = 'route' in facts ? [ofConnection, ofGateway] : [ofGateway, TENANT_ADMINISTRATOR];
    const places =
      environment === undefined || environment instanceof DomainError ? [] : gatewayRegionsOf(environment.region);
    const installers = {
      role: `Whoever may install a gateway in ${places.map(gatewayRegionName).join(', ')}`,
      people: [],
    };
    const table: Readonly<Record<RuleName, readonly Changer[]>> = {
      visible: [],
      licence: [LICENCE_ADMINISTRATOR],
      role: roleGivers,
      sourceType: [ofGateway, TENANT_ADMINISTRATOR],
      tenantPolicy: [TENANT_ADMINISTRATOR],
      environment: 'route' in facts ? [ofConnection, TENANT_ADMINISTRATOR] : [TENANT_ADMINISTRATOR],
      region: places.length > 0 ? [installers] : [TENANT_ADMINISTRATOR],
      administrators: [ofGateway, TENANT_ADMINISTRATOR],
      operation: [],
      credential: 'route' in facts ? [ofConnection] : [],
      agentOnline: [...operators, ofGateway],
      agentVersion: [...operators, ofGateway],
      agentKey: 'route' in facts ? [...operators, ofConnection] : [...operators, ofGateway],
    };
    return (rule) => table[rule];
  }
}

function person({ id, displayName, upn }: PrincipalRow): Changer['people'][number] {
  return { id, displayName, ...(upn === null ? {} : { upn }) };
}
