import { Controller, Get } from '@nestjs/common';
import { Answers } from '../../common/http/answers.decorator.js';
import { CatalogueService } from '../releases/catalogue.service.js';
import type { ReleaseView } from '../releases/releases.types.js';
import { releaseListSchema } from './release.answers.js';

/** Open to everybody who signs in: what there is to install is no secret. */
@Controller('v1/releases')
export class ReleasesController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Get()
  @Answers({ 200: releaseListSchema })
  async list() {
    return { value: (await this.catalogue.list()).map(showRelease) };
  }
}

function showRelease({ version, publishedAt, notes, isSupported, isOffered, bytes }: ReleaseView) {
  return {
    version,
    publishedAt: publishedAt.toISOString(),
    notes,
    supported: isSupported,
    offered: isOffered,
    ...(bytes === undefined ? {} : { bytes }),
  };
}
