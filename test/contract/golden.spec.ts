import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { envelopeSchema, writeProofSchema } from '../../src/contract/envelope.js';
import {
  heartbeatRequestSchema,
  heartbeatResponseSchema,
  sessionResponseSchema,
  tokenRequestSchema,
  tokenResponseSchema,
} from '../../src/contract/membership.js';
import { nextRootSchema } from '../../src/contract/next-root.js';
import { operationSchema } from '../../src/contract/operations.js';
import {
  discoverySchema,
  registrationRequestSchema,
  registrationResponseSchema,
} from '../../src/contract/registration.js';
import { bodyCreditSchema, controlSchema, replyHeadSchema, replyTrailerSchema } from '../../src/contract/replies.js';
import { replicaCertificateSchema, sessionAnnouncementSchema } from '../../src/contract/signed-objects.js';
import {
  fileEntrySchema,
  folderChangesSchema,
  folderPageSchema,
  tableListSchema,
  tableSchema,
} from '../../src/contract/table.js';
import { CONTRACT_VERSION } from '../../src/contract/version.js';
import { goldenMessages } from './golden.js';

/** Which schema reads which folder. */
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  envelope: envelopeSchema,
  'write-proof': writeProofSchema,
  'reply-head': replyHeadSchema,
  'reply-trailer': replyTrailerSchema,
  control: controlSchema,
  'body-credit': bodyCreditSchema,
  'registration-request': registrationRequestSchema,
  'registration-response': registrationResponseSchema,
  discovery: discoverySchema,
  'token-request': tokenRequestSchema,
  'token-response': tokenResponseSchema,
  'heartbeat-request': heartbeatRequestSchema,
  'heartbeat-response': heartbeatResponseSchema,
  'session-response': sessionResponseSchema,
  'replica-certificate': replicaCertificateSchema,
  'next-root': nextRootSchema,
  'session-announcement': sessionAnnouncementSchema,
  table: tableSchema,
  'table-list': tableListSchema,
  'file-entry': fileEntrySchema,
  'folder-page': folderPageSchema,
  'folder-changes': folderChangesSchema,
};

const messages = goldenMessages().filter(({ folder }) => folder !== 'frame');

describe('golden messages of version 1', () => {
  it('exist for every schema', () => {
    expect([...new Set(messages.map(({ folder }) => folder))].sort()).toEqual(Object.keys(SCHEMAS).sort());
  });

  it('exist for every operation', () => {
    const seen = goldenMessages('envelope').map(({ json }) => envelopeSchema.parse(json).operation.name);
    const known = operationSchema.options.map(({ shape }) => shape.name.value);
    expect([...new Set(seen)].sort()).toEqual([...known].sort());
  });

  it.each(messages)('$folder/$name is read, and nothing of it is lost', ({ folder, json }) => {
    expect(SCHEMAS[folder]!.parse(json)).toEqual(json);
  });

  it.each(messages.filter(({ json }) => !Array.isArray(json)))(
    '$folder/$name is read with a field of a later version beside the known ones',
    ({ folder, json }) => {
      expect(SCHEMAS[folder]!.parse({ ...(json as object), ofALaterVersion: [1] })).toEqual(json);
    },
  );

  it('carry the version they were made for', () => {
    const versions = goldenMessages('envelope').map(({ json }) => envelopeSchema.parse(json).contractVersion);
    expect(new Set(versions)).toEqual(new Set([1]));
    expect(CONTRACT_VERSION).toBeGreaterThanOrEqual(1);
  });
});
