import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import { MAX_SEALED_LENGTH } from '../../contract/sealed-credential.js';
import {
  connectionEncryptionSchema,
  credentialTypeSchema,
  type ConnectionEncryption,
  type CredentialType,
} from '../../contract/targets.js';
import { PRIVACY_LEVELS, type PrivacyLevel, type SealedValue } from '../connections/connections.types.js';
import { caseless, flagSchema, word } from './caseless.js';

/** All that its clients know; which of them a source takes is asked later. */
const CREDENTIAL_TYPES = [
  'Basic',
  'Windows',
  'Anonymous',
  'OAuth2',
  'Key',
  'SAS',
  'NotSpecified',
  'EffectiveUserName',
  'SingleSignOn',
  'WindowsWithoutImpersonation',
] as const;

/** A gateway has ten members, and its own id may be among them. */
const MAX_MEMBERS = 11;

const shape = {
  credentials: z.string().max(MAX_SEALED_LENGTH),
  credentialType: word(CREDENTIAL_TYPES),
  encryptedConnection: word(connectionEncryptionSchema.options as ['Encrypted', 'Any', 'NotEncrypted']),
  encryptionAlgorithm: word(['None', 'RSA-OAEP', 'AES']),
  privacyLevel: word(PRIVACY_LEVELS),
  useCallerAADIdentity: flagSchema.optional(),
  useEndUserOAuth2Credentials: flagSchema.optional(),
};

/** `credentialDetails` of v1.0. */
export const credentialDetailsSchema = caseless(z.object(shape));

/** Those of v2.0, of which there is one a member. */
export const memberDetailsSchema = caseless(
  z.object({
    ...shape,
    useCustomOAuthApp: flagSchema.optional(),
    skipTestConnection: flagSchema.optional(),
    isCredentialEncrypted: flagSchema.optional(),
  }),
);
export const detailsByMemberSchema = z
  .record(z.string().max(64), memberDetailsSchema)
  .refine((map) => Object.keys(map).length > 0, 'one entry at least')
  .refine((map) => Object.keys(map).length <= MAX_MEMBERS, `at most ${MAX_MEMBERS} entries`);

type Details = z.infer<typeof credentialDetailsSchema>;
export type MemberDetails = z.infer<typeof memberDetailsSchema>;

/** How a connection signs in, as a client wants it stored. */
export interface WantedCredential {
  readonly credentialType: CredentialType;
  readonly encryption: ConnectionEncryption;
  readonly privacyLevel: PrivacyLevel;
  readonly values: readonly SealedValue[];
}

/** @param gatewayId for whose key it is sealed @throws DomainError VALIDATION_FAILED */
export function toCredential(gatewayId: string, details: Details): WantedCredential {
  const credentialType = checkedType(details);
  const isSealed = credentialType !== 'Anonymous';
  // Clients write "nothing" in plain for anonymous sources; whatever stands there is not kept.
  if (isSealed && details.encryptionAlgorithm !== 'RSA-OAEP') {
    throw invalid('encryptionAlgorithm', "seal the credentials with the gateway's public key: RSA-OAEP is needed");
  }
  return {
    credentialType,
    encryption: details.encryptedConnection,
    privacyLevel: details.privacyLevel,
    values: isSealed ? [{ gatewayId, sealed: details.credentials }] : [],
  };
}

/**
 * The members of a gateway share one key: one entry is enough, and several must say the same.
 *
 * @param known ids of the gateway and its members
 * @throws DomainError VALIDATION_FAILED
 */
export function toSharedCredential(
  byMember: Readonly<Record<string, MemberDetails>>,
  known: readonly string[],
): WantedCredential & { readonly isTested: boolean } {
  const all = Object.entries(byMember).map(([memberId, details]) => {
    if (!known.includes(memberId.toLowerCase())) throw invalid(memberId, 'neither the gateway nor one of its members');
    return { ...toCredential(memberId, details), isTested: details.skipTestConnection !== true };
  });
  const [first] = all;
  if (!first) throw new DomainError('VALIDATION_FAILED', { path: 'credentialDetails', problem: 'one entry at least' });
  const isOne = all.every(
    (each) =>
      each.credentialType === first.credentialType &&
      each.encryption === first.encryption &&
      each.privacyLevel === first.privacyLevel,
  );
  if (!isOne) throw invalid('credentialType', 'type, encryption and privacy level must be the same for all members');
  return { ...first, values: all.flatMap(({ values }) => values) };
}

/** `credentialType` as Power BI writes it. */
export function showCredentialType(credentialType: CredentialType): string {
  return credentialType;
}

function checkedType(details: Details): CredentialType {
  const { credentialType, useCallerAADIdentity, useEndUserOAuth2Credentials } = details;
  if (useCallerAADIdentity) throw invalid('useCallerAADIdentity', NO_SIGN_ON);
  if (useEndUserOAuth2Credentials) throw invalid('useEndUserOAuth2Credentials', NO_SIGN_ON);
  const known = credentialTypeSchema.safeParse(credentialType);
  if (known.success) return known.data;
  throw invalid(
    'credentialType',
    `${credentialType} is not served here; known: ${credentialTypeSchema.options.join(', ')}`,
  );
}

const NO_SIGN_ON = 'single sign-on is not served here: the stored credential is used for everybody';

function invalid(field: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { path: `credentialDetails.${field}`, problem });
}
