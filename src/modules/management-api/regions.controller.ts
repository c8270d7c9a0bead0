import { Controller, Get } from '@nestjs/common';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { describeRegionMap } from '../environments/regions.policy.js';

/** Which regions serve which: what a registration or an environment can choose from. */
@Controller('v1/regions')
export class RegionsController {
  constructor(private readonly provisioner: RelayProvisioner) {}

  @Get()
  list() {
    return describeRegionMap(new Set(this.provisioner.servedRegions()));
  }
}
