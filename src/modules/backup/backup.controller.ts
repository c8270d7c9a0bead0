import { Readable } from 'node:stream';
import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { BackupExportService } from './backup-export.service.js';
import { BackupRestorationService, type Restoration } from './backup-restoration.service.js';
import { backupAnswerSchema, restorationSchema } from './backup.answers.js';

/** What it has to look like is told by its own schema, once its seal is known to fit. */
const documentSchema = z.record(z.string(), z.unknown());

/** A tenant's configuration as a document, and back. */
@Controller('v1/backup')
export class BackupController {
  constructor(
    private readonly exports: BackupExportService,
    private readonly restorations: BackupRestorationService,
  ) {}

  @Get()
  @Answers({ 200: backupAnswerSchema })
  async take(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const pieces = Readable.from(await this.exports.write(caller), { highWaterMark: 1 });
    await reply.type('application/json').header('cache-control', 'no-store').send(pieces);
  }

  @Post('restorations')
  @Answers({ 201: restorationSchema })
  restore(
    @CurrentCaller() caller: Caller,
    @Body({ schema: documentSchema }) document: z.infer<typeof documentSchema>,
  ): Promise<Restoration> {
    return this.restorations.restore(caller, document);
  }
}
