import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { assertMayUse, mayUse } from '../connections/connection-roles.policy.js';
import { ConnectionsService } from '../connections/connections.service.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { supports } from '../../contract/capabilities.js';
import type { OperationName } from '../../contract/operations.js';
import type { Target } from '../../contract/targets.js';
import { assertConnectionId } from './connector-calls.js';
import { assertDataset, datasetName, decodeOnceMore } from './dataset.js';
import type { Abilities } from './table-metadata.js';

type DatabaseTarget = Extract<Target, { kind: 'postgresql' }>;

/** Knows the one dataset that a connection to a database has. */
@Injectable()
export class DatasetsService {
  constructor(private readonly connections: ConnectionsService) {}

  /**
   * The dataset's name for people.
   *
   * @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING
   */
  async nameFor(caller: Caller, connectionId: string): Promise<string> {
    const route = await this.route(caller, connectionId);
    assertMayUse(route);
    return datasetName(route.connection.target);
  }

  /**
   * Refuses a dataset that the connection does not lead to. Whoever may not use the connection learns nothing here: the
   * dispatcher refuses them in its own order.
   *
   * @throws DomainError CONNECTION_NOT_FOUND, TABLE_NOT_FOUND
   */
  async assertIs(caller: Caller, connectionId: string, dataset: string): Promise<void> {
    if (dataset === 'default') return;
    const route = await this.route(caller, connectionId);
    if (mayUse(route.grant)) assertDataset(decodeOnceMore(dataset), route.connection.target);
  }

  /**
   * Where the connection leads.
   *
   * @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING
   */
  async targetFor(caller: Caller, connectionId: string): Promise<DatabaseTarget> {
    const route = await this.route(caller, connectionId);
    assertMayUse(route);
    return route.connection.target as DatabaseTarget;
  }

  /**
   * What every member of the gateway can do, those that are switched off left out: whoever is asked next must be able to.
   *
   * @throws DomainError CONNECTION_NOT_FOUND
   */
  async abilities(caller: Caller, connectionId: string): Promise<Abilities> {
    const { gateway } = await this.route(caller, connectionId);
    const members = gateway.members.filter(({ enabled }) => enabled);
    const can = (name: OperationName): boolean =>
      members.length > 0 && members.every(({ capabilities }) => supports(capabilities, 'postgresql', name));
    return { canQuery: can('queryItems'), canPoll: can('pollItems') };
  }

  private async route(caller: Caller, connectionId: string): Promise<ConnectionRoute> {
    assertConnectionId(connectionId);
    const route = await this.connections.route(caller, connectionId);
    if (route.connection.kind !== 'postgresql') throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    return route;
  }
}
