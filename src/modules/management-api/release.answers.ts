import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';
import { UPGRADE_STATES } from '../../contract/release.js';
import { ROLLOUT_STATES } from '../releases/releases.types.js';

const releaseSchema = z
  .object({
    version: z.string(),
    publishedAt: z.iso.datetime(),
    notes: z.string(),
    supported: z.boolean(),
    offered: z.boolean(),
    bytes: z.int().optional(),
  })
  .meta({ id: 'Release' });
export const releaseListSchema = z.object({ value: z.array(releaseSchema) });

export const upgradeSchema = z
  .object({
    memberId: z.guid(),
    version: z.string(),
    upgradeState: z.enum(UPGRADE_STATES),
    supportEnding: z.boolean(),
    newestVersion: z.string().optional(),
    orderedVersion: z.string().optional(),
    updateState: z.string().optional(),
    updateReason: z.string().optional(),
  })
  .meta({ id: 'MemberUpgrade' });
export const upgradeListSchema = z.object({ value: z.array(upgradeSchema) });

export const rolloutAnswerSchema = z
  .object({
    id: z.guid(),
    gatewayId: z.guid(),
    version: z.string(),
    state: z.enum(ROLLOUT_STATES),
    memberIds: z.array(z.guid()),
    doneIds: z.array(z.guid()),
    current: z.object({ memberId: z.guid(), step: z.string(), deadline: z.iso.datetime() }).optional(),
    reason: z.string().optional(),
    orderedBy: z.guid(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'Rollout' });
export const rolloutPageSchema = pageSchema(rolloutAnswerSchema);
