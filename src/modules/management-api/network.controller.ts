import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../../common/http/answers.decorator.js';
import { gatewayRegions } from '../environments/regions.policy.js';
import { NetworkService } from '../network/network.service.js';
import type { NetworkNeeds } from '../network/network.types.js';
import { networkSchema } from './network.answers.js';

const regionSchema = z.object({ region: z.enum(gatewayRegions()) });

@Controller('v1/network')
export class NetworkController {
  constructor(private readonly network: NetworkService) {}

  /** Hosts and addresses that agents of a region's gateways have to reach, all outbound. */
  @Get()
  @Answers({ 200: networkSchema })
  read(@Query({ schema: regionSchema }) { region }: z.infer<typeof regionSchema>): NetworkNeeds {
    return this.network.read(region);
  }
}
