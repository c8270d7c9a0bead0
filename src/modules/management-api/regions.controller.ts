import { Controller, Get } from '@nestjs/common';
import { Answers } from '../../common/http/answers.decorator.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { describeRegionMap } from '../environments/regions.policy.js';
import { regionMapSchema } from './environment.answers.js';

/** Which regions serve which: what a registration or an environment can choose from. */
@Controller('v1/regions')
export class RegionsController {
  constructor(private readonly provisioner: RelayProvisioner) {}

  @Get()
  @Answers({ 200: regionMapSchema })
  list() {
    return describeRegionMap(new Set(this.provisioner.servedRegions()));
  }
}
