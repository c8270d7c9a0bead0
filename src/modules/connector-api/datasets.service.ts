import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { assertMayUse, mayUse } from '../connections/connection-roles.policy.js';
import { ConnectionsService } from '../connections/connections.service.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { assertConnectionId } from './connector-calls.js';
import { assertDataset, datasetName, decodeOnceMore } from './dataset.js';

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

  private async route(caller: Caller, connectionId: string): Promise<ConnectionRoute> {
    assertConnectionId(connectionId);
    const route = await this.connections.route(caller, connectionId);
    if (route.connection.kind !== 'postgresql') throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    return route;
  }
}
