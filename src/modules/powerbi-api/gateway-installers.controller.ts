import { Body, Controller, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import type { PrincipalReference } from '../identity/principal.types.js';
import { TenantPolicyChangesService } from '../tenant-policy/tenant-policy-changes.service.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import { caseless, word } from './caseless.js';
import { gatewayInstallerListSchema } from './cluster.answers.js';
import { showList } from './odata-list.js';
import { installerQuerySchema, type InstallerQuery } from './odata-query.js';
import { MAX_ADDRESS, PrincipalFinder } from './principal-finder.js';
import { TenantAdministratorGuard } from './tenant-administrator.guard.js';

/** Longer lists belong into a group. */
const MAX_LISTED = 200;

const updateInstallersSchema = caseless(
  z.object({
    ids: z.array(z.string().min(1).max(MAX_ADDRESS)).max(MAX_LISTED),
    operation: word(['None', 'Add', 'Remove']),
    gatewayType: word(['Resource', 'Personal']),
  }),
);
type UpdateInstallers = z.infer<typeof updateInstallersSchema>;

/** Those who may install gateways where not everybody may. */
@Controller('v2.0/myorg/gatewayInstallers')
@UseGuards(TenantAdministratorGuard)
export class GatewayInstallersController {
  constructor(
    private readonly config: AppConfig,
    private readonly policies: TenantPolicyService,
    private readonly changes: TenantPolicyChangesService,
    private readonly finder: PrincipalFinder,
  ) {}

  /** Nobody installs personal gateways: they do not exist here. */
  @Get()
  @Answers({ 200: gatewayInstallerListSchema })
  async list(
    @CurrentCaller() { tenantId }: Caller,
    @Query({ schema: installerQuerySchema }) { $filter }: InstallerQuery,
  ) {
    const { listedInstallers } = await this.policies.read(tenantId);
    const value = $filter === 'Personal' ? [] : listedInstallers.map(({ id }) => ({ id, type: 'Resource' }));
    return showList(`${this.config.publicUrl}/v2.0/myorg/$metadata#gatewayInstallers`, value);
  }

  /** By object id or address. Adding who is there and removing who is not changes nothing. */
  @Post()
  @HttpCode(200)
  @Answers({ 200: null })
  async update(
    @CurrentCaller() caller: Caller,
    @Body({ schema: updateInstallersSchema }) { ids, operation, gatewayType }: UpdateInstallers,
  ): Promise<void> {
    if (operation === 'None') return;
    if (gatewayType === 'Personal') {
      if (operation === 'Remove') return;
      throw new DomainError('GATEWAY_TYPE_UNSUPPORTED', { type: gatewayType });
    }
    const { version, listedInstallers } = await this.policies.read(caller.tenantId);
    const named = await this.named(caller.tenantId, ids, listedInstallers);
    const listed = new Map(listedInstallers.map((principal) => [principal.id, principal]));
    for (const principal of named) {
      if (operation === 'Add') listed.set(principal.id, principal);
      else listed.delete(principal.id);
    }
    if (listed.size > MAX_LISTED) throw new DomainError('LIMIT_REACHED', { limit: MAX_LISTED });
    if (
      listed.size === listedInstallers.length &&
      named.every(({ id }) => isListed(id, listedInstallers) === listed.has(id))
    )
      return;
    await this.changes.change(caller, { version, listedInstallers: [...listed.values()] });
  }

  /** Who is on the list need not be known to the directory any more. */
  private async named(
    tenantId: string,
    ids: readonly string[],
    listed: readonly PrincipalReference[],
  ): Promise<PrincipalReference[]> {
    const named: PrincipalReference[] = [];
    for (const id of ids) {
      const known = listed.find((each) => each.id === id.toLowerCase());
      const { id: found, type } = known ?? (await this.finder.get(tenantId, id));
      named.push({ id: found, type });
    }
    return named;
  }
}

function isListed(id: string, listed: readonly PrincipalReference[]): boolean {
  return listed.some((each) => each.id === id);
}
