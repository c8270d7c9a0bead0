import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { pageQuerySchema } from '../../common/page.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import type { ChainReport } from '../../contract/audit-chain.js';
import { auditFilterSchema, auditRangeSchema, type AuditRange } from '../audit/audit.types.js';
import { AuditExportService } from '../audit/audit-export.service.js';
import { AuditSearchService } from '../audit/audit-search.service.js';
import { AuditVerificationService } from '../audit/audit-verification.service.js';
import { AuditAccess } from './audit-access.service.js';
import { showAuditPage } from './audit-page.js';
import { auditPageSchema, chainReportSchema } from './audit.answers.js';

const searchSchema = auditFilterSchema.extend(pageQuerySchema.shape);
type Search = z.infer<typeof searchSchema>;

/** The record of changes and refusals. */
@Controller('v1/audit')
export class AuditController {
  constructor(
    private readonly config: AppConfig,
    private readonly access: AuditAccess,
    private readonly entries: AuditSearchService,
    private readonly exports: AuditExportService,
    private readonly verifications: AuditVerificationService,
  ) {}

  @Get()
  @Answers({ 200: auditPageSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: searchSchema }) search: Search) {
    const { continuationToken, ...filter } = search;
    await this.access.assertSearch(caller, filter.gatewayId);
    const page = await this.entries.list(caller.tenantId, filter, continuationToken);
    return showAuditPage(page, `${this.config.publicUrl}/v1/audit`, filter);
  }

  /** JSON lines, read from the database as fast as the caller takes them. */
  @Get('export')
  @Answers({ 200: { content: { 'application/x-ndjson': z.string() } } })
  async export(
    @CurrentCaller() caller: Caller,
    @Query({ schema: auditRangeSchema }) range: AuditRange,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.access.assertTenant(caller);
    const pieces = Readable.from(await this.exports.export(caller.tenantId, range), { highWaterMark: 1 });
    await reply.type('application/x-ndjson').header('cache-control', 'no-store').send(pieces);
  }

  @Post('verifications')
  @HttpCode(200)
  @Answers({ 200: chainReportSchema })
  async verify(@CurrentCaller() caller: Caller): Promise<ChainReport> {
    this.access.assertTenant(caller);
    return this.verifications.verify(caller.tenantId);
  }
}
