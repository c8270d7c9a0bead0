import {
  ADDRESS,
  BASE64,
  closed,
  COUNT,
  FLAG,
  GUID,
  listOf,
  OPEN,
  orNull,
  SEALED,
  TEXT,
  TIME,
  words,
} from './json-schema.js';
import type { JsonSchema } from './json-schema.js';

// Fabric v1, section 4 of the contracts. Every second argument of `closed` is ours.

export function fabricPage(item: JsonSchema): JsonSchema {
  return closed({ value: listOf(item), 'continuationToken?': TEXT, 'continuationUri?': ADDRESS });
}

const PUBLIC_KEY = closed({ exponent: BASE64, modulus: BASE64 });
const UPGRADE_STATE = words('UpToDate', 'NewVersionAvailable', 'UpgradeRequired', 'Unknown');
const LOAD_BALANCING = words('Failover', 'DistributeEvenly');

export const FABRIC_GATEWAY = closed(
  {
    id: GUID,
    type: words('OnPremises'),
    displayName: TEXT,
    publicKey: PUBLIC_KEY,
    version: TEXT,
    numberOfMemberGateways: COUNT,
    loadBalancingSetting: LOAD_BALANCING,
    allowCloudConnectionRefresh: FLAG,
    allowCustomConnectors: FLAG,
  },
  {
    ...{ cpuThreshold: COUNT, memoryThreshold: COUNT, region: TEXT, keyId: TEXT, upgradeState: UPGRADE_STATE },
    ...{ description: orNull(TEXT), department: orNull(TEXT), contactInformation: listOf(TEXT), settingsTag: TEXT },
  },
);
export const FABRIC_GATEWAY_UPDATE = closed({
  type: words('OnPremises'),
  'displayName?': TEXT,
  'loadBalancingSetting?': LOAD_BALANCING,
  'allowCloudConnectionRefresh?': FLAG,
  'allowCustomConnectors?': FLAG,
});

export const FABRIC_MEMBER = closed(
  { id: GUID, displayName: TEXT, publicKey: PUBLIC_KEY, version: TEXT, enabled: FLAG },
  {
    state: words('online', 'offline', 'disabled', 'draining', 'attention'),
    lastHeartbeatAt: orNull(TIME),
    inFlight: COUNT,
    load: orNull(OPEN),
    conditions: listOf(TEXT),
    refusals: OPEN,
    drainDeadline: orNull(TIME),
    upgradeState: UPGRADE_STATE,
  },
);
export const FABRIC_MEMBER_UPDATE = closed({ 'displayName?': TEXT, 'enabled?': FLAG });

export const FABRIC_STATUS = closed({
  status: words('Online', 'Offline'),
  'gatewayVersion?': TEXT,
  'gatewayUpgradeState?': UPGRADE_STATE,
  'errorDetails?': listOf(
    closed({
      errorCode: TEXT,
      message: TEXT,
      relatedResource: closed({ resourceId: GUID, resourceType: words('Gateway') }),
    }),
  ),
});

export const FABRIC_OPERATION = closed({
  status: words('Undefined', 'NotStarted', 'Running', 'Succeeded', 'Failed'),
  createdTimeUtc: TIME,
  lastUpdatedTimeUtc: TIME,
  'percentComplete?': { type: 'integer', minimum: 0, maximum: 100 },
  'error?': OPEN,
});

const PRINCIPAL_TYPE = words('User', 'ServicePrincipal', 'Group', 'ServicePrincipalProfile', 'EntireTenant');
const PRINCIPAL = closed(
  { id: GUID, type: PRINCIPAL_TYPE, 'displayName?': TEXT },
  {
    'userDetails?': closed({ userPrincipalName: TEXT }),
    'servicePrincipalDetails?': closed({ aadAppId: GUID }),
  },
);
const SENT_PRINCIPAL = closed({ id: GUID, type: PRINCIPAL_TYPE });
const GATEWAY_ROLE = words('Admin', 'ConnectionCreatorWithResharing', 'ConnectionCreator');
const CONNECTION_ROLE = words('Owner', 'UserWithReshare', 'User');

export const FABRIC_GATEWAY_ROLE = closed(
  { id: GUID, principal: PRINCIPAL, role: GATEWAY_ROLE },
  { 'allowedKinds?': listOf(TEXT) },
);
export const FABRIC_CONNECTION_ROLE = closed({ id: GUID, principal: PRINCIPAL, role: CONNECTION_ROLE });
export const FABRIC_GATEWAY_ROLE_NEW = closed({ principal: SENT_PRINCIPAL, role: GATEWAY_ROLE });
export const FABRIC_GATEWAY_ROLE_UPDATE = closed({ role: GATEWAY_ROLE });
export const FABRIC_CONNECTION_ROLE_NEW = closed({ principal: SENT_PRINCIPAL, role: CONNECTION_ROLE });
export const FABRIC_CONNECTION_ROLE_UPDATE = closed({ role: CONNECTION_ROLE });

const CREDENTIAL_TYPE = words(
  ...['Windows', 'Anonymous', 'Basic', 'Key', 'OAuth2', 'WindowsWithoutImpersonation', 'SharedAccessSignature'],
  ...['ServicePrincipal', 'WorkspaceIdentity', 'KeyPair'],
);
const ENCRYPTION = words('Encrypted', 'Any', 'NotEncrypted');
const PRIVACY = words('None', 'Private', 'Organizational', 'Public');
const SIGN_ON = words(
  ...['None', 'Kerberos', 'MicrosoftEntraID', 'SecurityAssertionMarkupLanguage', 'KerberosDirectQueryAndRefresh'],
);
const CONNECTIVITY = words('OnPremisesGateway');
const DATA_TYPE = words('Text', 'Number', 'Boolean', 'Duration', 'Date', 'DateTime', 'DateTimeZone', 'Time');

export const FABRIC_CONNECTION = closed(
  {
    id: GUID,
    connectivityType: CONNECTIVITY,
    displayName: TEXT,
    gatewayId: GUID,
    connectionDetails: closed({ type: TEXT, path: TEXT }),
    privacyLevel: PRIVACY,
    credentialDetails: closed({
      credentialType: CREDENTIAL_TYPE,
      'singleSignOnType?': SIGN_ON,
      'connectionEncryption?': ENCRYPTION,
      'skipTestConnection?': FLAG,
    }),
    'connectionRecency?': closed({ 'createdDateTime?': TIME }),
  },
  { environmentIds: listOf(GUID), settingsTag: TEXT },
);

const CREDENTIALS = closed({
  credentialType: CREDENTIAL_TYPE,
  values: listOf(closed({ gatewayId: GUID, encryptedCredentials: SEALED })),
});

export const FABRIC_CONNECTION_NEW = closed({
  connectivityType: CONNECTIVITY,
  gatewayId: GUID,
  displayName: TEXT,
  'privacyLevel?': PRIVACY,
  connectionDetails: closed({
    type: TEXT,
    creationMethod: TEXT,
    parameters: listOf(closed({ dataType: DATA_TYPE, name: TEXT, value: TEXT })),
  }),
  credentialDetails: closed({
    'singleSignOnType?': SIGN_ON,
    'connectionEncryption?': ENCRYPTION,
    'skipTestConnection?': FLAG,
    credentials: CREDENTIALS,
  }),
});
export const FABRIC_CONNECTION_UPDATE = closed({
  connectivityType: CONNECTIVITY,
  'privacyLevel?': PRIVACY,
  'displayName?': TEXT,
});
export const FABRIC_CONNECTION_STATUS = closed({
  status: words('Online', 'Offline'),
  'errors?': listOf(closed({ errorCode: TEXT, message: TEXT })),
});
export const FABRIC_CONNECTION_TYPE = closed({
  type: TEXT,
  creationMethods: listOf(
    closed({
      name: TEXT,
      parameters: listOf(
        closed({ name: TEXT, dataType: DATA_TYPE, required: FLAG, 'allowedValues?': orNull(listOf(TEXT)) }),
      ),
    }),
  ),
  supportedCredentialTypes: listOf(CREDENTIAL_TYPE),
  supportedConnectionEncryptionTypes: listOf(ENCRYPTION),
  supportsSkipTestConnection: FLAG,
  'supportedCredentialTypesForUsageInUserControlledCode?': listOf(CREDENTIAL_TYPE),
});

export const FABRIC_ERROR = closed(
  {
    requestId: TEXT,
    errorCode: TEXT,
    message: TEXT,
    'moreDetails?': listOf(closed({ errorCode: TEXT, message: TEXT })),
    'isRetriable?': FLAG,
    'relatedResource?': OPEN,
  },
  { hop: TEXT, outcome: TEXT, remedy: TEXT },
);
