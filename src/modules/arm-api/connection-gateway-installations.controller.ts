import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { AzureInstallationsService } from '../azure-resources/azure-installations.service.js';
import { locationKey } from '../azure-resources/resource-location.policy.js';
import { gatewayRegions } from '../environments/regions.policy.js';
import { ApiVersionGuard } from './api-version.guard.js';
import { installationSchema } from './arm.answers.js';
import { assertSubscription } from './resource-ids.js';
import { showInstallation } from './show-resource.js';

interface Place {
  readonly subscriptionId: string;
  readonly location: string;
}

/** Gateways of a location that the caller administers, and so may make resources of. */
@Controller('subscriptions/:subscriptionId/providers/Microsoft.Web/locations/:location/connectionGatewayInstallations')
@UseGuards(ApiVersionGuard)
export class ConnectionGatewayInstallationsController {
  constructor(
    private readonly config: AppConfig,
    private readonly installations: AzureInstallationsService,
  ) {}

  @Get()
  @Answers({ 200: z.array(installationSchema) })
  async list(@CurrentCaller() caller: Caller, @Param() { subscriptionId, location }: Place) {
    assertSubscription(subscriptionId);
    const found = await this.installations.list(caller, regionAt(location));
    return found.map((one) => showInstallation(one, subscriptionId, this.config.publicUrl));
  }

  @Get(':gatewayId')
  @Answers({ 200: installationSchema })
  async get(@CurrentCaller() caller: Caller, @Param() place: Place & { readonly gatewayId: string }) {
    const { subscriptionId, location, gatewayId } = place;
    assertSubscription(subscriptionId);
    const found = await this.installations.get(caller, regionAt(location), gatewayId);
    return showInstallation(found, subscriptionId, this.config.publicUrl);
  }
}

/** @throws DomainError AZURE_LOCATION_WRONG where there is no such place */
function regionAt(location: string): string {
  const region = locationKey(location);
  const known = gatewayRegions();
  if (known.includes(region)) return region;
  throw new DomainError('AZURE_LOCATION_WRONG', { location: region.slice(0, 100), known: known.join(', ') });
}
