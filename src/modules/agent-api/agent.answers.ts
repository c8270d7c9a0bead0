import { z } from 'zod';
import { memberConnectionsSchema } from '../../contract/diagnosis.js';
import { logTailAnswerSchema } from '../../contract/log-tail.js';
import { heartbeatResponseSchema, sessionResponseSchema, tokenResponseSchema } from '../../contract/membership.js';
import { admissionResponseSchema, challengeSchema, memberListSchema } from '../../contract/recovery.js';
import { discoverySchema, registrationResponseSchema } from '../../contract/registration.js';
import { releaseOfferSchema } from '../../contract/release.js';
import { rotationBatchSchema, rotationViewSchema } from '../../contract/rotation.js';

/** The wire contract's own shapes, under the names that the OpenAPI document has for them. */
export const AGENT_ANSWERS = {
  discovery: discoverySchema.meta({ id: 'AgentDiscovery' }),
  registration: registrationResponseSchema.meta({ id: 'AgentRegistration' }),
  token: tokenResponseSchema.meta({ id: 'AgentToken' }),
  heartbeat: heartbeatResponseSchema.meta({ id: 'AgentHeartbeat' }),
  session: sessionResponseSchema.meta({ id: 'AgentSession' }),
  members: memberListSchema.meta({ id: 'AgentMembers' }),
  challenge: challengeSchema.meta({ id: 'AgentChallenge' }),
  admission: admissionResponseSchema.meta({ id: 'AgentAdmission' }),
  rotation: rotationViewSchema.meta({ id: 'AgentRotation' }),
  rotationBatch: rotationBatchSchema.meta({ id: 'AgentRotationBatch' }),
  releaseOffer: releaseOfferSchema.meta({ id: 'AgentReleaseOffer' }),
  connections: memberConnectionsSchema.meta({ id: 'AgentConnections' }),
  logTail: logTailAnswerSchema.meta({ id: 'AgentLogTail' }),
  gateways: z.object({ value: z.array(z.object({ id: z.guid(), name: z.string(), region: z.string() })) }),
  drill: z.object({ provedAt: z.iso.datetime() }),
  keyChange: z.object({ changedAt: z.iso.datetime() }),
};
