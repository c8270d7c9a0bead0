import { Controller, Get, Header, Param, StreamableFile, UseGuards } from '@nestjs/common';
import { Public } from '../../common/auth/public.decorator.js';
import { Answers, bytesSchema } from '../../common/http/answers.decorator.js';
import type { ReleaseOffer } from '../../contract/release.js';
import { PackagesService } from '../releases/packages.service.js';
import { MemberGuard } from './member.guard.js';
import { AGENT_ANSWERS } from './agent.answers.js';

/** What a member loads that was told to update. Public towards the user guard only: members have tokens of their own. */
@Controller('agent/v1/releases')
@Public()
@UseGuards(MemberGuard)
export class AgentReleasesController {
  constructor(private readonly packages: PackagesService) {}

  @Get(':version')
  @Answers({ 200: AGENT_ANSWERS.releaseOffer })
  offer(@Param('version') version: string): Promise<ReleaseOffer> {
    return this.packages.offer(version);
  }

  @Get(':version/package')
  @Header('cache-control', 'no-store')
  @Answers({ 200: { content: { 'application/gzip': bytesSchema } } })
  async load(@Param('version') version: string): Promise<StreamableFile> {
    const { stream, bytes } = await this.packages.open(version);
    return new StreamableFile(stream, { type: 'application/gzip', length: bytes });
  }
}
