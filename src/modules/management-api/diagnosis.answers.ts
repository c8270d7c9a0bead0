import { z } from 'zod';
import { diagnosisReportSchema } from '../../contract/diagnosis.js';
import { DIAGNOSIS_STATES, LOG_TAIL_STATES } from '../diagnosis/diagnosis.types.js';

export const diagnosisSchema = z
  .object({
    id: z.guid(),
    memberId: z.guid(),
    state: z.enum(DIAGNOSIS_STATES),
    requestedBy: z.guid(),
    requestedAt: z.iso.datetime(),
    report: diagnosisReportSchema.optional(),
  })
  .meta({ id: 'Diagnosis' });

export const logTailSchema = z
  .object({
    id: z.guid(),
    memberId: z.guid(),
    state: z.enum(LOG_TAIL_STATES),
    reason: z.string().optional(),
    requestedAt: z.iso.datetime(),
    until: z.iso.datetime(),
    startedAt: z.iso.datetime().optional(),
    endedAt: z.iso.datetime().optional(),
    lines: z.array(z.string()),
    next: z.int(),
  })
  .meta({ id: 'LogTail' });
