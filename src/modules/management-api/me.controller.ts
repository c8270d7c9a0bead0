import { Controller, Get } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { meSchema } from './overview.answers.js';

/** Who the service takes the caller for. */
@Controller('v1/me')
export class MeController {
  /** What the token says, and what the service makes of it. */
  @Get()
  @Answers({ 200: meSchema })
  get(@CurrentCaller() { id, displayName, upn, tenantId, isTenantAdministrator }: Caller) {
    return { id, displayName, userPrincipalName: upn ?? null, tenantId, isTenantAdministrator };
  }
}
