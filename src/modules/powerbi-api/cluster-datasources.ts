import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { powerBiErrorCode } from '../../common/errors/power-bi-error.js';
import { ConnectionChangesService } from '../connections/connection-changes.service.js';
import { ConnectionCreationService } from '../connections/connection-creation.service.js';
import type { ConnectionView } from '../connections/connections.types.js';
import { GatewayConnectionsService } from '../connections/gateway-connections.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import {
  toCredentialChange,
  toNewConnection,
  type Credentials,
  type PublishToCluster,
} from './cluster-datasource-bodies.js';
import { DatasourceTests, refusedByTrial, TrialFailed } from './datasource-tests.js';
import type { DatasourcePlace } from './datasource-users.js';

/** Why a member does not take a credential. */
export interface DatasourceError {
  readonly gatewayName: string;
  readonly errorCode: string;
  readonly errorMessage: string;
}

/** Writes connections in the words of v2.0, tried before they are stored unless the client says not to. */
@Injectable()
export class ClusterDatasources {
  constructor(
    private readonly gateways: GatewaysService,
    private readonly places: GatewayConnectionsService,
    private readonly creation: ConnectionCreationService,
    private readonly changes: ConnectionChangesService,
    private readonly tests: DatasourceTests,
  ) {}

  /** @throws DomainError CONNECTION_CREATION_FAILED when the trial failed, and what `ConnectionCreationService` throws */
  async create(caller: Caller, gatewayId: string, body: PublishToCluster, gone: AbortSignal): Promise<ConnectionView> {
    const { ids } = await this.gateways.target(caller.tenantId, gatewayId);
    const { wanted, isTested } = toNewConnection(gatewayId, body, ids);
    const trial = isTested ? this.tests.trial(caller, gone) : undefined;
    return this.creation.create(caller, wanted, trial).catch(refusedByTrial);
  }

  /**
   * Changes the credential. Its members share one key, and one of them tries it for all.
   *
   * @returns why it was not taken; nothing is stored then
   * @throws DomainError what `ConnectionChangesService` throws
   */
  async changeCredential(
    caller: Caller,
    { gatewayId, datasourceId }: DatasourcePlace,
    body: Credentials,
    gone: AbortSignal,
  ): Promise<DatasourceError[]> {
    await this.places.assertAt(caller, gatewayId, datasourceId);
    const { ids } = await this.gateways.target(caller.tenantId, gatewayId);
    const { change, isTested } = toCredentialChange(gatewayId, body, ids);
    try {
      await this.changes.update(caller, datasourceId, change, {
        trial: isTested ? this.tests.trial(caller, gone) : undefined,
      });
      return [];
    } catch (error) {
      if (!(error instanceof TrialFailed)) throw error;
      const { reason } = error;
      const { name } = await this.gateways.get(caller, gatewayId);
      return [{ gatewayName: name, errorCode: powerBiErrorCode(reason), errorMessage: reason.message }];
    }
  }
}
