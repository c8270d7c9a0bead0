import { z } from 'zod';
import { nameSchema } from '../../contract/registration.js';
import { connectionEncryptionSchema } from '../../contract/targets.js';
import { credentialSchema } from './described-credential.js';

/** Limits of the API's own lists, so that a mistake is found before anything is sent. */
const MAX_THINGS = 1000;

const environmentWords = z.array(nameSchema).max(100);
const kindsSchema = z.union([z.literal('all'), z.array(z.string().min(1)).min(1)]);

const principalWords = {
  user: z.string().min(1).optional(),
  servicePrincipal: z.guid().optional(),
  group: z.guid().optional(),
};

/** Exactly one of the three. */
function isOne({ user, servicePrincipal, group }: Record<keyof typeof principalWords, string | undefined>): boolean {
  return [user, servicePrincipal, group].filter((word) => word !== undefined).length === 1;
}
const ONE = 'needs exactly one of user, servicePrincipal and group';

const gatewayRoleSchema = z
  .strictObject({
    ...principalWords,
    role: z.enum(['Admin', 'ConnectionCreatorWithResharing', 'ConnectionCreator']),
    allowedKinds: kindsSchema.optional(),
  })
  .refine((role) => isOne({ user: role.user, servicePrincipal: role.servicePrincipal, group: role.group }), ONE);

const connectionRoleSchema = z
  .strictObject({ ...principalWords, role: z.enum(['Owner', 'UserWithReshare', 'User']) })
  .refine((role) => isOne({ user: role.user, servicePrincipal: role.servicePrincipal, group: role.group }), ONE);

const installerSchema = z
  .strictObject(principalWords)
  .refine((who) => isOne({ user: who.user, servicePrincipal: who.servicePrincipal, group: who.group }), ONE);

const policySchema = z.strictObject({
  installers: z.enum(['Open', 'Restricted']).optional(),
  listedInstallers: z.array(installerSchema).max(200).optional(),
  joinTokenCreators: z.enum(['Installers', 'TenantAdministrators']).optional(),
  minimumAdministrators: z.int().min(1).optional(),
  licenceRules: z.enum(['classic', 'current']).optional(),
  allowedKinds: kindsSchema.optional(),
  limits: z
    .strictObject({
      tenantRequestsPerMinute: z.int().min(1).optional(),
      connectionRequestsPerMinute: z.int().min(1).optional(),
      callerRequestsPerMinute: z.int().min(1).optional(),
    })
    .optional(),
});

const environmentSchema = z.strictObject({
  name: nameSchema,
  id: z.guid().toLowerCase().optional(),
  region: z.string().min(1).max(64),
});

const gatewaySchema = z.strictObject({
  name: nameSchema,
  loadBalancingSetting: z.enum(['Failover', 'DistributeEvenly']).optional(),
  allowCloudConnectionRefresh: z.boolean().optional(),
  allowCustomConnectors: z.boolean().optional(),
  cpuThreshold: z.int().min(0).max(100).optional(),
  memoryThreshold: z.int().min(0).max(100).optional(),
  members: z
    .array(z.strictObject({ name: nameSchema, enabled: z.boolean() }))
    .max(10)
    .optional(),
  roles: z.array(gatewayRoleSchema).max(MAX_THINGS).optional(),
});

const connectionSchema = z.strictObject({
  name: nameSchema,
  gateway: nameSchema,
  type: z.string().min(1).max(128),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  privacyLevel: z.enum(['None', 'Private', 'Organizational', 'Public']).optional(),
  encryption: connectionEncryptionSchema.optional(),
  /** Stored without letting the gateway sign in at the source. */
  skipTest: z.boolean().optional(),
  credential: credentialSchema,
  environments: environmentWords.optional(),
  roles: z.array(connectionRoleSchema).max(MAX_THINGS).optional(),
});

/** A file that describes how things are to be. What it does not mention is left as it is. */
export const describedSchema = z.strictObject({
  version: z.literal(1),
  /** Whether what the file does not list is taken away: roles, bindings, connections, environments. */
  prune: z.boolean().optional(),
  policy: policySchema.optional(),
  environments: z.array(environmentSchema).max(MAX_THINGS).optional(),
  gateways: z.array(gatewaySchema).max(MAX_THINGS).optional(),
  connections: z.array(connectionSchema).max(MAX_THINGS).optional(),
});

export type Described = z.infer<typeof describedSchema>;
export type DescribedPolicy = z.infer<typeof policySchema>;
export type DescribedEnvironment = z.infer<typeof environmentSchema>;
export type DescribedGateway = z.infer<typeof gatewaySchema>;
export type DescribedConnection = z.infer<typeof connectionSchema>;
export type DescribedRole = z.infer<typeof gatewayRoleSchema> | z.infer<typeof connectionRoleSchema>;
