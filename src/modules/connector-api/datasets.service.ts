import { Injectable } from '@nestjs/common';
import { assertMayUse, mayUse } from '../connections/connection-roles.policy.js';
import { ConnectionsService } from '../connections/connections.service.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { supports } from '../../contract/capabilities.js';
import type { OperationName } from '../../contract/operations.js';
import { assertConnectionId, type Exchange } from './connector-calls.js';
import { assertDataset, datasetName, decodeOnceMore, placeOf, type DatasetPlace } from './dataset.js';
import { kindOf } from './route-kinds.js';
import type { Abilities } from './table-metadata.js';

/** Knows the one dataset that a connection to a database has. */
@Injectable()
export class DatasetsService {
  constructor(private readonly connections: ConnectionsService) {}

  /**
   * The dataset's name for people.
   *
   * @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING
   */
  async nameFor(exchange: Exchange, connectionId: string): Promise<string> {
    const route = await this.route(exchange, connectionId);
    assertMayUse(route);
    return datasetName(route.connection.target);
  }

  /**
   * Refuses a dataset that the connection does not lead to. Whoever may not use the connection learns nothing here: the
   * dispatcher refuses them in its own order.
   *
   * @throws DomainError CONNECTION_NOT_FOUND, TABLE_NOT_FOUND
   */
  async assertIs(exchange: Exchange, connectionId: string, dataset: string): Promise<void> {
    if (dataset === 'default') return;
    const route = await this.route(exchange, connectionId);
    if (mayUse(route.grant)) assertDataset(decodeOnceMore(dataset), route.connection.target);
  }

  /**
   * Where the connection leads.
   *
   * @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING
   */
  async placeFor(exchange: Exchange, connectionId: string): Promise<DatasetPlace> {
    const route = await this.route(exchange, connectionId);
    assertMayUse(route);
    const place = placeOf(route.connection.target);
    if (!place) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    return place;
  }

  /**
   * What every member of the gateway can do, those that are switched off left out: whoever is asked next must be able to.
   *
   * @throws DomainError CONNECTION_NOT_FOUND
   */
  async abilities(exchange: Exchange, connectionId: string): Promise<Abilities> {
    const { gateway, connection } = await this.route(exchange, connectionId);
    const members = gateway.members.filter(({ enabled }) => enabled);
    const can = (name: OperationName): boolean =>
      members.length > 0 && members.every(({ capabilities }) => supports(capabilities, connection.kind, name));
    return { canQuery: can('queryItems'), canPoll: can('pollItems') };
  }

  private async route({ caller, request }: Exchange, connectionId: string): Promise<ConnectionRoute> {
    assertConnectionId(connectionId);
    const route = await this.connections.route(caller, connectionId);
    if (route.connection.kind !== kindOf(request)) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    return route;
  }
}
