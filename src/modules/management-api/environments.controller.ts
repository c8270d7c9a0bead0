import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { CsvText } from '../../common/http/csv-text.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { nameSchema } from '../../contract/registration.js';
import { isIdentifier } from '../../common/identifier.js';
import { EnvironmentChangesService } from '../environments/environment-changes.service.js';
import { EnvironmentImportService } from '../environments/environment-import.service.js';
import type { ImportResult } from '../environments/environments.types.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { showPage } from '../../common/http/show-page.js';
import { Answers, located } from '../../common/http/answers.decorator.js';
import { environmentAnswerSchema, environmentPageSchema, importResultSchema } from './environment.answers.js';

const environmentSchema = z.strictObject({
  /** Of the environment in Power Platform; made up when left out. */
  id: z.guid().toLowerCase().optional(),
  displayName: nameSchema,
  region: z.string().min(1).max(64),
});

const changeSchema = z.strictObject({
  displayName: nameSchema.optional(),
  region: z.string().min(1).max(64).optional(),
});

/** The rows are checked by the import itself, which names every faulty one. */
const listSchema = z.union([
  z.instanceof(CsvText),
  z.object({ environments: z.array(z.unknown()) }),
  z.object({ value: z.array(z.unknown()) }),
]);

@Controller('v1/environments')
export class EnvironmentsController {
  constructor(
    private readonly config: AppConfig,
    private readonly environments: EnvironmentsService,
    private readonly environmentChanges: EnvironmentChangesService,
    private readonly imports: EnvironmentImportService,
  ) {}

  @Get()
  @Answers({ 200: environmentPageSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: pageQuerySchema }) page: PageQuery) {
    const environments = await this.environments.list(caller, page);
    return showPage(environments, this.address(), (environment) => environment);
  }

  @Get(':environmentId')
  @Answers({ 200: environmentAnswerSchema })
  get(@CurrentCaller() caller: Caller, @Param('environmentId') environmentId: string) {
    return this.environments.get(caller.tenantId, idOf(environmentId));
  }

  @Post()
  @Answers({ 201: located(environmentAnswerSchema) })
  async create(
    @CurrentCaller() caller: Caller,
    @Body({ schema: environmentSchema }) wanted: z.infer<typeof environmentSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const environment = await this.environments.create(caller, wanted);
    void reply.header('location', `${this.address()}/${environment.id}`);
    return environment;
  }

  /** JSON or CSV. Imports all of the list or, where one line is wrong, nothing. */
  @Post('import')
  @HttpCode(200)
  @Answers({ 200: importResultSchema })
  import(
    @CurrentCaller() caller: Caller,
    @Body({ schema: listSchema }) list: z.infer<typeof listSchema>,
  ): Promise<ImportResult> {
    return this.imports.import(caller, list);
  }

  @Patch(':environmentId')
  @Answers({ 200: environmentAnswerSchema })
  change(
    @CurrentCaller() caller: Caller,
    @Param('environmentId') environmentId: string,
    @Body({ schema: changeSchema }) change: z.infer<typeof changeSchema>,
  ) {
    return this.environmentChanges.change(caller, idOf(environmentId), change);
  }

  @Delete(':environmentId')
  @HttpCode(200)
  @Answers({ 200: null })
  remove(@CurrentCaller() caller: Caller, @Param('environmentId') environmentId: string): Promise<void> {
    return this.environmentChanges.remove(caller, idOf(environmentId));
  }

  private address(): string {
    return `${this.config.publicUrl}/v1/environments`;
  }
}

/** @throws DomainError ENVIRONMENT_NOT_FOUND for what cannot be an id at all */
function idOf(environmentId: string): string {
  if (!isIdentifier(environmentId)) throw new DomainError('ENVIRONMENT_NOT_FOUND', { environmentId });
  return environmentId.toLowerCase();
}
