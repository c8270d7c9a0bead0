import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
/** Without a trailing slash, so that paths can be appended. */
const base = (protocol: RegExp) => z.url({ protocol }).transform((url) => url.replace(/\/+$/, ''));

/** `name/version` of a key in the vault. */
const vaultKeyName = z
  .string()
  .regex(/^[0-9a-zA-Z-]{1,127}\/[0-9a-zA-Z-]{1,64}$/)
  .transform((text) => {
    const [name = '', version = ''] = text.split('/');
    return { name, version };
  });
export type VaultKeyName = Readonly<z.infer<typeof vaultKeyName>>;

const perMinute = z.coerce.number().int().min(1).max(10_000_000);

const environmentSchema = z.object({
  TIDEGATE_HOST: z.string().min(1).default('127.0.0.1'),
  TIDEGATE_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  TIDEGATE_PUBLIC_URL: base(/^https?$/),
  TIDEGATE_TLS_CERT_FILE: z.string().min(1).optional(),
  TIDEGATE_TLS_KEY_FILE: z.string().min(1).optional(),
  TIDEGATE_ISSUER: z.string().min(1).max(256).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  // https only: the default verifier's library refuses metadata over anything else.
  TIDEGATE_AUTHORITY: base(/^https$/).default('https://login.microsoftonline.com'),
  TIDEGATE_PORTAL_AUTHORITY: base(/^https?$/).optional(),
  TIDEGATE_AUDIENCES: list.pipe(z.array(z.string()).min(1)),
  TIDEGATE_SCOPE: z.string().min(1),
  TIDEGATE_CLIENT_ID: z.string().min(1),
  TIDEGATE_TENANTS: z.union([z.literal('any'), list.pipe(z.array(z.guid().toLowerCase()).min(1))]),
  TIDEGATE_TOKEN_VERIFIER: z.enum(['passport-azure-ad', 'jose']).default('passport-azure-ad'),
  TIDEGATE_VAULT_URL: base(/^https?$/),
  TIDEGATE_ROOT_KEY: vaultKeyName.optional(),
  TIDEGATE_NEXT_ROOT_KEY: vaultKeyName.optional(),
  TIDEGATE_ROOT_MEMBERS_LEFT: z.coerce.number().int().min(0).max(1_000_000).default(0),
  TIDEGATE_GRAPH_URL: base(/^https?$/).default('https://graph.microsoft.com'),
  TIDEGATE_SERVICE_TENANT: z.string().min(1).optional(),
  TIDEGATE_SERVICE_CLIENT_ID: z.string().min(1).optional(),
  TIDEGATE_SERVICE_CLIENT_SECRET_FILE: z.string().min(1).optional(),
  TIDEGATE_LICENCE_RULES: z.enum(['classic', 'current']).default('classic'),
  TIDEGATE_TENANT_REQUESTS_PER_MINUTE: perMinute.default(240_000),
  TIDEGATE_CONNECTION_REQUESTS_PER_MINUTE: perMinute.default(120_000),
  TIDEGATE_CALLER_REQUESTS_PER_MINUTE: perMinute.default(120_000),
  TIDEGATE_MANAGEMENT_REQUESTS_PER_MINUTE: perMinute.default(1_200),
  TIDEGATE_REQUEST_RETENTION_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  TIDEGATE_RECOVERY_REMINDER_MONTHS: z.coerce.number().int().min(1).max(120).default(6),
  TIDEGATE_RELAY_FILE: z.string().min(1),
  TIDEGATE_RELEASES_DIR: z.string().min(1).optional(),
  TIDEGATE_SERVICE_TAGS_FILE: z.string().min(1).optional(),
  TIDEGATE_TENANT_NAMES: list.optional(),
  TIDEGATE_DOCS: z.enum(['on', 'off']).default('on'),
  TIDEGATE_REPLICA_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  NODE_ENV: z.string().default('development'),
});

/** The configuration cannot be used. Names every setting at fault, never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Where the certificate (with its chain) and its private key lie, in PEM. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** What the control plane was told by its operator. Frozen: read once, at start. */
export class AppConfig {
  readonly host!: string;
  readonly port!: number;
  /** Base of absolute addresses. */
  readonly publicUrl!: string;
  /** Undefined: plain HTTP; somebody in front of this replica ends TLS. */
  readonly tls!: TlsFiles | undefined;
  /** Name of this service towards agents, for good: `aud` of their assertions. The public address unless it was set. */
  readonly issuer!: string;
  readonly databaseUrl!: string;
  /** Base of the directory that signs tokens; a tenant's metadata is below `{authority}/{tenantId}/v2.0`. */
  readonly authority!: string;
  readonly audiences!: readonly string[];
  /** What clients ask for when they sign a person in. */
  /** The same directory as browsers reach it. */
  readonly portalAuthority!: string;
  readonly scope!: string;
  /** Public client of agents, command line and portal. */
  readonly clientId!: string;
  readonly tenants!: 'any' | readonly string[];
  readonly tokenVerifier!: 'passport-azure-ad' | 'jose';
  readonly vaultUrl!: string;
  /** The root that is to be in force; undefined: the one that is. */
  readonly rootKey!: VaultKeyName | undefined;
  /** The root that is to be announced as the next. */
  readonly nextRootKey!: VaultKeyName | undefined;
  /** How many members a new root in force may leave behind. */
  readonly rootMembersLeft!: number;
  readonly graphUrl!: string;
  readonly serviceTenant!: string | undefined;
  readonly serviceClientId!: string | undefined;
  readonly serviceClientSecretFile!: string | undefined;
  readonly licenceRules!: 'classic' | 'current';
  /** Requests a minute, over all replicas, where a tenant's policy sets no other limits. */
  readonly defaultLimits!: {
    readonly tenantRequestsPerMinute: number;
    readonly connectionRequestsPerMinute: number;
    readonly callerRequestsPerMinute: number;
  };
  /** Calls a minute of one caller below `/v1`; a tenant may make ten times as many. */
  readonly managementRequestsPerMinute!: number;
  /** How long one can ask what became of a request. */
  readonly requestRetentionDays!: number;
  /** After how many months without proof administrators are reminded to try the recovery key. */
  readonly recoveryReminderMonths!: number;
  readonly relayFile!: string;
  /** Folder of the packages of published releases; undefined: none are served. */
  readonly releasesDir!: string | undefined;
  /** Azure's list of addresses by service and region, as Microsoft publishes it each week; undefined: none. */
  readonly serviceTagsFile!: string | undefined;
  /** Whether `/docs` and `/openapi.json` answer. */
  /** What the portal calls tenants that people choose from, by id. */
  readonly tenantNames!: ReadonlyMap<string, string>;
  readonly areDocsShown!: boolean;
  readonly replicaId!: string | undefined;
  readonly logLevel!: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly isProduction!: boolean;

  constructor(values: AppConfig) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}

/** @throws ConfigError naming the settings that are missing or malformed */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): AppConfig {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Settings that need attention:\n  ${faults.join('\n  ')}`);
  }
  const env = parsed.data;
  if ((env.TIDEGATE_SERVICE_CLIENT_SECRET_FILE === undefined) !== (env.TIDEGATE_SERVICE_CLIENT_ID === undefined)) {
    throw new ConfigError('TIDEGATE_SERVICE_CLIENT_ID and TIDEGATE_SERVICE_CLIENT_SECRET_FILE go together');
  }
  return new AppConfig({
    host: env.TIDEGATE_HOST,
    port: env.TIDEGATE_PORT,
    publicUrl: env.TIDEGATE_PUBLIC_URL,
    tls: tlsFiles(env),
    issuer: env.TIDEGATE_ISSUER ?? env.TIDEGATE_PUBLIC_URL,
    databaseUrl: env.DATABASE_URL,
    authority: env.TIDEGATE_AUTHORITY,
    portalAuthority: env.TIDEGATE_PORTAL_AUTHORITY ?? env.TIDEGATE_AUTHORITY,
    audiences: env.TIDEGATE_AUDIENCES,
    scope: env.TIDEGATE_SCOPE,
    clientId: env.TIDEGATE_CLIENT_ID,
    tenants: env.TIDEGATE_TENANTS,
    tokenVerifier: env.TIDEGATE_TOKEN_VERIFIER,
    vaultUrl: env.TIDEGATE_VAULT_URL,
    rootKey: env.TIDEGATE_ROOT_KEY,
    nextRootKey: env.TIDEGATE_NEXT_ROOT_KEY,
    rootMembersLeft: env.TIDEGATE_ROOT_MEMBERS_LEFT,
    graphUrl: env.TIDEGATE_GRAPH_URL,
    serviceTenant: env.TIDEGATE_SERVICE_TENANT,
    serviceClientId: env.TIDEGATE_SERVICE_CLIENT_ID,
    serviceClientSecretFile: env.TIDEGATE_SERVICE_CLIENT_SECRET_FILE,
    licenceRules: env.TIDEGATE_LICENCE_RULES,
    defaultLimits: {
      tenantRequestsPerMinute: env.TIDEGATE_TENANT_REQUESTS_PER_MINUTE,
      connectionRequestsPerMinute: env.TIDEGATE_CONNECTION_REQUESTS_PER_MINUTE,
      callerRequestsPerMinute: env.TIDEGATE_CALLER_REQUESTS_PER_MINUTE,
    },
    managementRequestsPerMinute: env.TIDEGATE_MANAGEMENT_REQUESTS_PER_MINUTE,
    requestRetentionDays: env.TIDEGATE_REQUEST_RETENTION_DAYS,
    recoveryReminderMonths: env.TIDEGATE_RECOVERY_REMINDER_MONTHS,
    relayFile: env.TIDEGATE_RELAY_FILE,
    releasesDir: env.TIDEGATE_RELEASES_DIR,
    serviceTagsFile: env.TIDEGATE_SERVICE_TAGS_FILE,
    tenantNames: tenantNames(env.TIDEGATE_TENANT_NAMES ?? []),
    areDocsShown: env.TIDEGATE_DOCS === 'on',
    replicaId: env.TIDEGATE_REPLICA_ID,
    logLevel: env.LOG_LEVEL,
    isProduction: env.NODE_ENV === 'production',
  });
}

/** @throws ConfigError */
/** @param entries as `id=name` */
function tenantNames(entries: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    entries.map((entry) => {
      const [, id, name] = /^([0-9a-f-]{36})=(.{1,100})$/i.exec(entry) ?? [];
      if (id === undefined || name === undefined) {
        throw new ConfigError(`TIDEGATE_TENANT_NAMES: “${entry}” is not of the form id=name`);
      }
      return [id.toLowerCase(), name];
    }),
  );
}

function tlsFiles(env: z.infer<typeof environmentSchema>): TlsFiles | undefined {
  const { TIDEGATE_TLS_CERT_FILE: certFile, TIDEGATE_TLS_KEY_FILE: keyFile } = env;
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined || keyFile === undefined) {
    throw new ConfigError('TIDEGATE_TLS_CERT_FILE and TIDEGATE_TLS_KEY_FILE go together');
  }
  if (!env.TIDEGATE_PUBLIC_URL.startsWith('https:')) {
    throw new ConfigError('TIDEGATE_PUBLIC_URL must begin with https: while this replica serves TLS');
  }
  return { certFile, keyFile };
}
