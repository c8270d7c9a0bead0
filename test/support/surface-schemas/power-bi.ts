import { BASE64, closed, FLAG, GUID, JSON_TEXT, listOf, OPEN, orNull, SEALED, TEXT, words } from './json-schema.js';
import type { JsonSchema } from './json-schema.js';

// Power BI v1.0 and v2.0, sections 1 and 3 of the contracts. Every second argument of `closed` is ours.

export const odataList = (item: JsonSchema): JsonSchema => closed({ '@odata.context?': TEXT, value: listOf(item) });

/** A single thing of v2.0. */
export const odataOne = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  closed({ '@odata.context': TEXT, ...properties });

const TYPE = words('Resource', 'Personal');
const STATUS = words('Live', 'Unreachable');

export const V1_GATEWAY = closed({
  id: GUID,
  'name?': TEXT,
  'type?': TYPE,
  'publicKey?': closed({ exponent: BASE64, modulus: BASE64 }),
  'gatewayAnnotation?': JSON_TEXT,
  'gatewayStatus?': STATUS,
});
export const V1_DATASOURCE = closed({
  id: GUID,
  gatewayId: GUID,
  credentialType: words('Basic', 'Windows', 'Anonymous', 'OAuth2', 'Key', 'SAS'),
  'datasourceName?': TEXT,
  'datasourceType?': TEXT,
  'connectionDetails?': JSON_TEXT,
  'credentialDetails?': closed({ 'useEndUserOAuth2Credentials?': FLAG }),
});

const V1_DETAILS = closed({
  credentials: { anyOf: [SEALED, JSON_TEXT] },
  credentialType: words('Basic', 'Windows', 'Anonymous', 'OAuth2', 'Key', 'SAS'),
  encryptedConnection: words('Encrypted', 'NotEncrypted'),
  encryptionAlgorithm: words('None', 'RSA-OAEP'),
  privacyLevel: words('None', 'Public', 'Organizational', 'Private'),
  'useCallerAADIdentity?': FLAG,
  // Clients send it as text too.
  'useEndUserOAuth2Credentials?': { enum: [true, false, 'True', 'False'] },
});
/** The documented spelling of the name, and that of the documented examples. */
export const V1_PUBLISH: JsonSchema = {
  oneOf: ['dataSourceName', 'datasourceName'].map((name) =>
    closed({ dataSourceType: TEXT, connectionDetails: JSON_TEXT, [name]: TEXT, credentialDetails: V1_DETAILS }),
  ),
};
export const V1_UPDATE = closed({ credentialDetails: V1_DETAILS });

const user = (right: JsonSchema) =>
  closed({
    datasourceAccessRight: right,
    'emailAddress?': TEXT,
    'displayName?': TEXT,
    'identifier?': TEXT,
    'principalType?': words('None', 'User', 'Group', 'App'),
    'profile?': closed({ id: GUID, 'displayName?': TEXT }),
  });
export const V1_USER = user(words('None', 'Read', 'ReadOverrideEffectiveIdentity'));
export const V2_USER = user(words('None', 'Read', 'Write', 'ReadWrite', 'Admin', 'OverrideEffectiveIdentity'));

const ROLE = words('Admin', 'ConnectionCreator', 'ConnectionCreatorWithReshare');
const PERMISSION = closed({
  id: GUID,
  principalType: words('User', 'Group', 'App'),
  tenantId: GUID,
  role: ROLE,
  allowedDataSources: listOf(TEXT),
  clusterId: GUID,
});
const MEMBER = closed({
  id: GUID,
  name: TEXT,
  'description?': orNull(TEXT),
  'status?': STATUS,
  'region?': TEXT,
  type: TYPE,
  version: TEXT,
  'annotation?': JSON_TEXT,
  'clusterId?': GUID,
  'publicKey?': BASE64,
});
export const V2_CLUSTER_KEYS = {
  id: GUID,
  name: TEXT,
  'description?': orNull(TEXT),
  'status?': STATUS,
  'region?': TEXT,
  'type?': TYPE,
  dataSourceIds: listOf(GUID),
  'permissions?': listOf(PERMISSION),
  'memberGateways?': listOf(MEMBER),
};
export const V2_STATUS = odataOne({
  clusterStatus: STATUS,
  gatewayStaticCapabilities: TEXT,
  gatewayVersion: orNull(TEXT),
  gatewayUpgradeState: TEXT,
});
export const V2_CLUSTER_UPDATE = closed({
  'name?': orNull(TEXT),
  'department?': orNull(TEXT),
  'description?': orNull(TEXT),
  'contactInformation?': orNull(TEXT),
  'allowCloudDatasourceRefresh?': orNull(FLAG),
  'allowCustomConnectors?': orNull(FLAG),
  'loadBalancingSelectorType?': orNull(TEXT),
});
export const V2_PERMISSION_NEW = closed({
  id: GUID,
  role: ROLE,
  'allowedDataSourceTypes?': orNull(listOf(TEXT)),
});

const SIGN_ON = words('None', 'Kerberos', 'AzureActiveDirectory', 'SAML');
export const V2_DATASOURCE_KEYS = {
  id: GUID,
  clusterId: GUID,
  datasourceType: TEXT,
  connectionDetails: JSON_TEXT,
  credentialType: TEXT,
  datasourceName: TEXT,
  'users?': listOf(V2_USER),
  datasourceErrorDetails: listOf(OPEN),
};
/** Ours: what was noted when it was made or renamed. */
export const V2_DATASOURCE_OURS = { 'datasourceAnnotation?': TEXT };

export const V2_DETAILS = closed({
  credentialType: TEXT,
  encryptedConnection: words('Encrypted', 'Any', 'NotEncrypted'),
  privacyLevel: words('None', 'Public', 'Organizational', 'Private'),
  encryptionAlgorithm: words('RSA-OAEP', 'AES', 'NONE'),
  credentials: SEALED,
  'useCallerAADIdentity?': FLAG,
  'useEndUserOAuth2Credentials?': FLAG,
  'useCustomOAuthApp?': FLAG,
  'skipTestConnection?': FLAG,
  isCredentialEncrypted: FLAG,
});
export const V2_PUBLISH = closed({
  datasourceType: TEXT,
  connectionDetails: JSON_TEXT,
  datasourceName: TEXT,
  credentialDetails: {
    type: 'object',
    propertyNames: GUID,
    additionalProperties: V2_DETAILS,
    minProperties: 1,
  },
  'singleSignOnType?': SIGN_ON,
  'datasourceAnnotation?': orNull(TEXT),
});
export const V2_RENAME = closed({
  'datasourceName?': TEXT,
  'datasourceAnnotation?': TEXT,
  'singleSignOnType?': SIGN_ON,
});
export const V2_DATASOURCE_ERROR = closed({ gatewayName: TEXT, errorCode: TEXT, errorMessage: TEXT });

export const V2_POLICY = odataOne({
  id: GUID,
  policy: {
    type: 'string',
    pattern: '^(None|(Personal|Enterprise)InstallRestricted(, EnterpriseInstallRestricted)?)$',
  },
});
const INSTALL = words('Open', 'Restricted');
export const V2_POLICY_UPDATE = closed({
  'resourceGatewayInstallPolicy?': INSTALL,
  'personalGatewayInstallPolicy?': INSTALL,
});
export const V2_INSTALLER = closed({ id: GUID, type: TYPE });
export const V2_INSTALLERS_UPDATE = closed({
  ids: listOf(GUID),
  operation: words('None', 'Add', 'Remove'),
  gatewayType: TYPE,
});

const PBI_ERROR = closed({
  code: TEXT,
  parameters: OPEN,
  details: { type: 'array' },
  exceptionCulprit: { type: 'integer' },
});
export const POWER_BI_ERROR = closed({
  error: closed(
    { code: TEXT, message: TEXT, 'pbi.error?': PBI_ERROR },
    { hop: TEXT, outcome: TEXT, retryable: FLAG, remedy: TEXT, traceId: TEXT },
  ),
});
