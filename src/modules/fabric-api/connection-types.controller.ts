import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { showPage } from '../../common/http/show-page.js';
import { cutPage, decodeContinuation, PAGE_SIZE, pageQuerySchema } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { SOURCE_TYPES } from '../connections/source-kinds.policy.js';
import { GatewayStatesService } from '../gateways/gateway-states.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { connectionTypePageSchema } from './connection.answers.js';

const querySchema = pageQuerySchema.extend({
  gatewayId: z.string().max(64).optional(),
  showAllCreationMethods: z
    .string()
    .regex(/^(true|false)$/i)
    .optional(),
});

type TypeOfSource = (typeof SOURCE_TYPES)[number];

/** What connections can lead to, and what must be said to make one. */
@Controller('v1/connections/supportedConnectionTypes')
export class ConnectionTypesController {
  constructor(
    private readonly config: AppConfig,
    private readonly gateways: GatewaysService,
    private readonly states: GatewayStatesService,
  ) {}

  @Get()
  @Answers({ 200: connectionTypePageSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: querySchema }) query: z.infer<typeof querySchema>) {
    const { continuationToken, gatewayId, showAllCreationMethods } = query;
    const [after = ''] = continuationToken === undefined ? [] : decodeContinuation(continuationToken);
    const isServed = gatewayId === undefined ? () => true : await this.servedBy(caller, gatewayId);
    const isAll = showAllCreationMethods?.toLowerCase() === 'true';
    const rows = SOURCE_TYPES.filter((one) => one.type.name > after && isServed(one))
      .sort((one, other) => (one.type.name < other.type.name ? -1 : 1))
      .slice(0, PAGE_SIZE + 1);
    const page = cutPage(
      rows,
      ({ type }) => [type.name],
      (one) => showType(one, isAll),
    );
    return showPage(page, this.address(query), (one) => one);
  }

  /** A gateway that has members serves what one of them announced. @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING */
  private async servedBy(caller: Caller, gatewayId: string): Promise<(one: TypeOfSource) => boolean> {
    const { id } = await this.gateways.get(caller, gatewayId);
    const { members } = await this.states.get(caller.tenantId, id);
    return ({ entry }) =>
      members.length === 0 || members.some(({ capabilities }) => entry.kind in capabilities.operations);
  }

  /** Of the list, narrowed as it was asked for. */
  private address({ gatewayId, showAllCreationMethods }: z.infer<typeof querySchema>): string {
    const address = new URL(`${this.config.publicUrl}/v1/connections/supportedConnectionTypes`);
    if (gatewayId !== undefined) address.searchParams.set('gatewayId', gatewayId);
    if (showAllCreationMethods !== undefined) {
      address.searchParams.set('showAllCreationMethods', showAllCreationMethods);
    }
    return address.href;
  }
}

/** @param isAll beside the method to prefer, which stands first */
function showType({ type, entry }: TypeOfSource, isAll: boolean) {
  const methods = isAll ? type.methods : type.methods.slice(0, 1);
  return {
    type: type.name,
    creationMethods: methods.map(({ name, parameters }) => ({
      name,
      parameters: parameters.map(({ allowedValues = null, ...parameter }) => ({ ...parameter, allowedValues })),
    })),
    supportedCredentialTypes: entry.credentialTypes,
    supportedConnectionEncryptionTypes: entry.encryptions,
    supportsSkipTestConnection: entry.supportsSkipTestConnection,
  };
}
