import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { operationNameSchema } from '../../contract/operations.js';
import { sourceKindSchema } from '../../contract/targets.js';
import type { Explanation } from '../admission/explain.types.js';
import { ExplainService } from '../admission/explain.service.js';
import { explanationSchema } from './explain.answers.js';

const questionSchema = z
  .strictObject({
    /** Object id or user principal name. */
    user: z.string().min(1).max(256),
    environmentId: z.string().min(1).max(64).optional(),
    gatewayId: z.guid().toLowerCase().optional(),
    connectionId: z.guid().toLowerCase().optional(),
    operation: operationNameSchema,
    /** Kind of the connection that is thought of; only with a gateway. */
    kind: sourceKindSchema.optional(),
  })
  .refine(({ gatewayId, connectionId }) => (gatewayId === undefined) !== (connectionId === undefined), {
    path: ['gatewayId'],
    message: 'name either a gateway or a connection',
  })
  .refine(({ connectionId, kind }) => connectionId === undefined || kind === undefined, {
    path: ['kind'],
    message: 'a connection has a kind of its own',
  });

@Controller('v1/explain')
export class ExplainController {
  constructor(private readonly explanations: ExplainService) {}

  @Post()
  @HttpCode(200)
  @Answers({ 200: explanationSchema })
  explain(
    @CurrentCaller() caller: Caller,
    @Body({ schema: questionSchema }) question: z.infer<typeof questionSchema>,
  ): Promise<Explanation> {
    return this.explanations.explain(caller, question);
  }
}
