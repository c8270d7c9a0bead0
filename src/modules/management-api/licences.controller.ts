import { Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { showPage } from '../../common/http/show-page.js';
import { pageQuerySchema } from '../../common/page.js';
import { Answers, type Answer } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { ConnectionLicencesService } from '../connections/connection-licences.service.js';
import { LicenceReportService } from '../licences/licence-report.service.js';
import { licenceReportCsv } from './licence-report-csv.js';
import { connectionLicencesSchema, licencePageSchema, userLicencesSchema } from './licence.answers.js';

const reportQuerySchema = pageQuerySchema.extend({
  isEligible: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});
type ReportQuery = z.infer<typeof reportQuerySchema>;

/** The same page as JSON or as a table. */
const REPORT: Answer = {
  content: { 'application/json': licencePageSchema, 'text/csv': z.string() },
  headers: { Link: 'Address of the next page of a table.' },
};

/** Whose licences include the gateway. */
@Controller('v1')
export class LicencesController {
  constructor(
    private readonly config: AppConfig,
    private readonly reports: LicenceReportService,
    private readonly connections: ConnectionLicencesService,
  ) {}

  @Get('licences/users/:idOrUpn')
  @Answers({ 200: userLicencesSchema })
  ofUser(@CurrentCaller() caller: Caller, @Param('idOrUpn') idOrUpn: string) {
    return this.reports.ofUser(caller, idOrUpn);
  }

  /** Asks the directory again instead of waiting until what is known is five minutes old. */
  @Post('licences/users/:idOrUpn/refresh')
  @HttpCode(200)
  @Answers({ 200: userLicencesSchema })
  lookUpAgain(@CurrentCaller() caller: Caller, @Param('idOrUpn') idOrUpn: string) {
    return this.reports.lookUpAgain(caller, idOrUpn);
  }

  /** As JSON, or the same page as a table for spreadsheets; its next one is then named in the `Link` header. */
  @Get('licences/report')
  @Answers({ 200: REPORT })
  async report(
    @CurrentCaller() caller: Caller,
    @Query({ schema: reportQuerySchema }) query: ReportQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const page = showPage(await this.reports.list(caller, query), this.address(query), (user) => user);
    if (!accept?.toLowerCase().includes('text/csv')) return page;
    void reply.type('text/csv; charset=utf-8');
    if (page.continuationUri !== undefined) void reply.header('link', `<${page.continuationUri}>; rel="next"`);
    return licenceReportCsv(page.value);
  }

  @Get('connections/:connectionId/licences')
  @Answers({ 200: connectionLicencesSchema })
  ofConnection(@CurrentCaller() caller: Caller, @Param('connectionId') connectionId: string) {
    return this.connections.list(caller, connectionId);
  }

  private address({ isEligible }: ReportQuery): string {
    const filter = isEligible === undefined ? '' : `?isEligible=${isEligible}`;
    return `${this.config.publicUrl}/v1/licences/report${filter}`;
  }
}
