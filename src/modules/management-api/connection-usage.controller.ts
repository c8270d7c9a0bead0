import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { ConnectionAccessService } from '../connections/connection-access.service.js';
import { assertMayManageRoles } from '../connections/connection-roles.policy.js';
import { ConnectionUsageService } from '../flow-requests/connection-usage.service.js';
import { connectionUsageSchema } from './statistics.answers.js';

const usageSchema = z.object({ days: z.coerce.number().int().min(1).max(90).default(30) });

@Controller('v1/connections/:connectionId/usage')
export class ConnectionUsageController {
  constructor(
    private readonly access: ConnectionAccessService,
    private readonly usage: ConnectionUsageService,
  ) {}

  /** Environments, apps, flows and callers whose requests went through a connection: who would notice if it were gone. */
  @Get()
  @Answers({ 200: connectionUsageSchema })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('connectionId') connectionId: string,
    @Query({ schema: usageSchema }) { days }: z.infer<typeof usageSchema>,
  ) {
    const held = await this.access.access(caller, connectionId);
    // Who else uses it is for those who answer for it.
    assertMayManageRoles(caller, held);
    const { value, countedFrom } = await this.usage.read({
      tenantId: caller.tenantId,
      connectionId: held.connection.id,
      days,
    });
    return {
      value: value.map(({ lastUsedAt, ...user }) => ({ ...user, lastUsedAt: lastUsedAt.toISOString() })),
      countedFrom: countedFrom.toISOString(),
    };
  }
}
