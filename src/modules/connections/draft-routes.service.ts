import { Injectable } from '@nestjs/common';
import { GatewayStatesService } from '../gateways/gateway-states.service.js';
import type { ConnectionDraft } from './connection-drafts.types.js';
import type { ConnectionRoute } from './connections.types.js';

/** Finds the way to the source of a connection that is not stored yet. */
@Injectable()
export class DraftRoutesService {
  constructor(private readonly gateways: GatewayStatesService) {}

  /**
   * The caller was found to be allowed to make or change the connection, so the draft is theirs.
   *
   * @throws DomainError GATEWAY_NOT_FOUND
   */
  async read(draft: ConnectionDraft): Promise<ConnectionRoute> {
    const { tenantId, gatewayId, ...connection } = draft;
    const gateway = await this.gateways.get(tenantId, gatewayId);
    return {
      // Nothing is known yet of the key but that the gateway's present one was published.
      connection: { ...connection, tenantId, kind: connection.target.kind, sealingKeyId: undefined, isSetAside: false },
      gateway: { ...gateway, tenantId },
      grant: { connectionRole: 'Owner', gatewayRole: null, isComplete: true },
      environments: [],
    };
  }
}
