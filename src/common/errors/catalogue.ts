import type { Hop, Outcome } from '../../contract/errors.js';

/** One row of the catalogue: everything about a failure that does not depend on the request. */
export interface CatalogueRow {
  readonly status: number;
  readonly retryable: boolean;
  /** What happened, in one sentence. */
  readonly text: string;
  /** What the person should do next, in one sentence. */
  readonly remedy: string;
  /** Where it happens, unless the agent says otherwise. */
  readonly hop: Hop;
  /** What is known of the effect at the source, unless the agent or the dispatcher knows better. */
  readonly outcome: Outcome;
}

const HERE: readonly [Hop, Outcome] = ['control-plane', 'not-sent'];
const row = (
  status: number,
  retryable: boolean,
  text: string,
  remedy: string,
  [hop, outcome]: readonly [Hop, Outcome] = HERE,
): CatalogueRow => ({
  status,
  retryable,
  text,
  remedy,
  hop,
  outcome,
});
const ON_BUS: readonly [Hop, Outcome] = ['broker', 'not-executed'];
const ON_MEMBER: readonly [Hop, Outcome] = ['member', 'not-executed'];
const IN_CONNECTOR: readonly [Hop, Outcome] = ['connector', 'not-executed'];
const AT_SOURCE: readonly [Hop, Outcome] = ['source', 'not-executed'];
const LOST: readonly [Hop, Outcome] = ['member', 'unknown'];

/** Every failure a caller can see. One row per code; the HTTP status lives here and nowhere else. */
export const CATALOGUE = {
  VALIDATION_FAILED: row(
    400,
    false,
    'The request does not have the expected shape.',
    'Correct the fields named in the details and send it again.',
  ),
  OPERATION_UNSUPPORTED: row(
    400,
    false,
    'This data source has no such operation.',
    'Use one of the operations that the connector lists.',
  ),
  ENVIRONMENT_REQUIRED: row(
    400,
    false,
    'The request does not say which environment it belongs to.',
    'Send the header x-ms-client-environment-id, or bind the connection to exactly one environment.',
  ),
  COLUMN_UNKNOWN: row(
    400,
    false,
    'The table has no such column.',
    "Read the table's metadata and use a column it lists.",
    IN_CONNECTOR,
  ),
  FILTER_INVALID: row(
    400,
    false,
    'The filter cannot be understood.',
    'Correct the filter at the place named in the details.',
  ),
  PATH_FORBIDDEN: row(
    400,
    false,
    'The path leads outside the folder of this connection.',
    "Use a path below the connection's folder.",
    IN_CONNECTOR,
  ),
  CREDENTIAL_MALFORMED: row(
    400,
    false,
    'The sealed credential does not have the expected layout.',
    'Seal the credential again with the public key of the gateway.',
  ),
  CREDENTIALS_INCORRECT: row(
    400,
    false,
    'The test of the connection failed: the credential does not open the source.',
    'Check user name and password at the source, seal them anew and try again.',
  ),
  CONNECTION_DETAILS_INVALID: row(
    400,
    false,
    'The test of the connection failed: the source is not where the connection leads.',
    "Check the connection's details, and whether the gateway's machine reaches the source.",
  ),
  CONNECTION_CREATION_FAILED: row(
    400,
    false,
    'The test of the connection failed, and the connection was not made.',
    'See the details for the reason; or send skipTestConnection to make it untested.',
  ),
  CONNECTION_UPDATE_FAILED: row(
    400,
    false,
    'The test of the connection failed, and the connection was not changed.',
    'See the details for the reason; or send skipTestConnection to change it untested.',
  ),
  GATEWAY_TYPE_UNSUPPORTED: row(
    400,
    false,
    'Gateways of this type cannot be used for this.',
    'Gateways here are on-premises ones: install the agent to register one, and manage its machine yourself.',
  ),
  OPERATION_HAS_NO_RESULT: row(
    400,
    false,
    'The operation has no result.',
    'Ask for the state of the operation, and for its result once it has succeeded.',
  ),
  PRINCIPAL_UNKNOWN: row(400, false, 'The principal is not known in this tenant.', 'Check the object id and its type.'),
  TOKEN_INVALID: row(
    401,
    false,
    'The access token is missing, expired or not meant for this service.',
    'Sign in again and send the new token.',
  ),
  SCOPE_MISSING: row(
    403,
    false,
    'The access token lacks the permission for this.',
    'Ask for a token with the scope named in the details.',
  ),
  NOT_ADMINISTRATOR: row(
    403,
    false,
    'Only an administrator may do this.',
    'Ask an administrator of the gateway or tenant.',
  ),
  ROLE_MISSING: row(
    403,
    false,
    'Your role does not allow this.',
    'Ask an owner of the connection or an administrator of the gateway for the role named in the details.',
  ),
  KIND_NOT_ALLOWED: row(
    403,
    false,
    'You may not create connections of this kind on this gateway.',
    'Ask an administrator of the gateway to allow the kind.',
  ),
  LICENCE_REQUIRED: row(
    403,
    false,
    'No licence of this user includes the gateway.',
    'Ask your licence administrator for a plan that includes it, for example Power Apps Premium or Power Automate Premium.',
  ),
  KIND_FORBIDDEN: row(
    403,
    false,
    "Your tenant's policy does not allow data sources of this kind.",
    'Ask an administrator of the tenant to allow the kind in the tenant policy.',
  ),
  INSTALLER_NOT_ALLOWED: row(
    403,
    false,
    'Your tenant restricts who may install gateways.',
    'Ask an administrator of the tenant to list you, or a group you are in, as an installer.',
  ),
  TENANT_NOT_ADMITTED: row(
    403,
    false,
    'This service does not serve your tenant.',
    'Ask the operator of this service to admit the tenant.',
  ),
  RECOVERY_KEY_WRONG: row(
    403,
    false,
    'This is not the recovery key of the gateway.',
    'Check the recovery key and begin again; the details say how many tries are left.',
  ),
  ROUTE_NOT_FOUND: row(404, false, 'There is nothing at this address.', 'Check the path against the API description.'),
  GATEWAY_NOT_FOUND: row(
    404,
    false,
    'The gateway does not exist, or is not visible to you.',
    'Check the id; ask an administrator of the gateway to share it with you.',
  ),
  MEMBER_NOT_FOUND: row(
    404,
    false,
    'The gateway has no such member.',
    'List the members of the gateway and use one of their ids.',
  ),
  CONNECTION_NOT_FOUND: row(
    404,
    false,
    'The connection does not exist, or is not visible to you.',
    'Check the id; ask an owner to share the connection with you.',
  ),
  ENVIRONMENT_NOT_FOUND: row(
    404,
    false,
    'The environment does not exist, or is not visible to you.',
    'Check the id of the environment.',
  ),
  OPERATION_NOT_FOUND: row(
    404,
    false,
    'The operation does not exist, has expired, or is not yours.',
    'Check the id, or start the operation again.',
  ),
  REQUEST_NOT_FOUND: row(
    404,
    false,
    'No request with this trace id is known.',
    'Check the trace id; requests appear a moment after they end.',
  ),
  JOIN_TOKEN_NOT_FOUND: row(
    404,
    false,
    'The join token does not exist, or is not visible to you.',
    'List the join tokens and use one of their ids.',
  ),
  ROLE_ASSIGNMENT_NOT_FOUND: row(
    404,
    false,
    'The principal holds no role here.',
    'List the role assignments and use one of their ids.',
  ),
  RELEASE_NOT_FOUND: row(
    404,
    false,
    'There is no such release to install.',
    'List the releases and use a version that is offered.',
  ),
  ROLLOUT_NOT_FOUND: row(
    404,
    false,
    'The gateway has no such rollout.',
    'List the rollouts of the gateway and use one of their ids.',
  ),
  RECOVERY_LOCK_NOT_FOUND: row(
    404,
    false,
    'This caller is not locked out of the recovery of the gateway.',
    'List the recovery locks of the gateway and use one of their caller ids.',
  ),
  EXPOSURE_NOT_FOUND: row(
    404,
    false,
    'No open exposure of this connection is known.',
    'List the exposures of the gateway and use one of their connection ids.',
  ),
  ALERT_NOT_FOUND: row(
    404,
    false,
    'The alert does not exist, or is not visible to you.',
    'List the alerts and use one of their ids.',
  ),
  ROTATION_NOT_FOUND: row(
    404,
    false,
    'The gateway has no such rotation of its sealing key.',
    'List the rotations of the gateway and use one of their ids.',
  ),
  PRINCIPAL_NOT_FOUND: row(
    404,
    false,
    'The directory knows nobody of this id or name.',
    'Check the object id or the user principal name.',
  ),
  TABLE_NOT_FOUND: row(
    404,
    false,
    'The data source has no such table.',
    'List the tables and use one of their names.',
    IN_CONNECTOR,
  ),
  ITEM_NOT_FOUND: row(404, false, 'The table has no row with this key.', 'Check the key.', AT_SOURCE),
  FILE_NOT_FOUND: row(
    404,
    false,
    'There is no such file or folder.',
    'List the folder and use a path it shows.',
    AT_SOURCE,
  ),
  GATEWAY_NAME_TAKEN: row(409, false, 'A gateway of this name exists in the tenant.', 'Choose another name.'),
  CONNECTION_NAME_TAKEN: row(409, false, 'A connection of this name exists in the tenant.', 'Choose another name.'),
  ENVIRONMENT_NAME_TAKEN: row(
    409,
    false,
    'An environment of this name or id exists in the tenant.',
    'Choose another name.',
  ),
  ROLE_ASSIGNMENT_EXISTS: row(
    409,
    false,
    'The principal already holds a role here.',
    'Remove the role that is held before you give another one.',
  ),
  REGION_MISMATCH: row(
    409,
    false,
    'The environment and the gateway are in different regions.',
    "Use a gateway in one of the regions that serve the environment, or an environment of the gateway's region.",
  ),
  LAST_ADMINISTRATOR: row(
    409,
    false,
    'A gateway cannot be without an administrator.',
    'Name another administrator first.',
  ),
  LAST_OWNER: row(409, false, 'A connection cannot be without an owner.', 'Name another owner first.'),
  ADMINISTRATORS_TOO_FEW: row(
    409,
    false,
    "The gateway has fewer administrators than your tenant's policy asks for.",
    'Ask an administrator of the gateway to add another one.',
  ),
  POLICY_LOCKS_OUT: row(
    409,
    false,
    'With this policy nobody could do what it is about any more.',
    'Leave at least one person, group or service principal that the directory knows.',
  ),
  VERSION_CONFLICT: row(
    409,
    false,
    'Somebody else changed this meanwhile.',
    'Read it again, and send your change with the version you read.',
  ),
  LIMIT_REACHED: row(
    409,
    false,
    'There are as many of these as the service keeps.',
    'Delete some that are no longer needed; the limit stands in the details.',
  ),
  MEMBER_ALREADY_ON_MACHINE: row(
    409,
    false,
    'This machine already serves a gateway.',
    'Unregister the agent of this machine first, or use another machine.',
  ),
  MEMBERS_FULL: row(
    409,
    false,
    'The gateway has as many members as it can have.',
    'Remove a member that is no longer needed, or register another gateway.',
  ),
  ROTATION_UNDER_WAY: row(
    409,
    false,
    'The sealing key of this gateway is being rotated already.',
    'Wait until that rotation is done; its progress is in the list of rotations.',
  ),
  ROTATION_LED_ELSEWHERE: row(
    409,
    false,
    'Another member leads this rotation.',
    'Wait: this member is told when it is to lead.',
  ),
  TENANT_NOT_EMPTY: row(
    409,
    false,
    'The tenant has gateways, environments or connections already.',
    'Restore a backup into a tenant that has none.',
  ),
  ROLLOUT_UNDER_WAY: row(
    409,
    false,
    'An update of this gateway is under way.',
    'Wait until it has ended, or cancel it first.',
  ),
  CONNECTIONS_EXIST: row(409, false, 'Connections still use this.', 'Delete or move the connections first.'),
  REQUEST_REPEATED: row(
    409,
    true,
    'The same request is still running.',
    'Wait for the time given in Retry-After and ask again.',
  ),
  SOURCE_CONFLICT: row(
    409,
    false,
    'The data source refused the change because it conflicts with existing data.',
    'Read the row again and correct the values.',
    AT_SOURCE,
  ),
  INSTANCE_SUPERSEDED: row(
    409,
    false,
    'A newer start of this agent exists.',
    "Stop the older copy: two machines must not share one agent's state folder.",
  ),
  MEMBER_REMOVED: row(
    401,
    false,
    'This member was taken out of its gateway, or another machine took its place.',
    'Run `unregister` here, or make this machine a member again with `join` or `restore` in a new state folder.',
  ),
  REGISTRATION_EXPIRED: row(410, false, 'The join token has expired or was used.', 'Create a new join token.'),
  CHALLENGE_EXPIRED: row(
    410,
    false,
    'The challenge was answered already, or too late.',
    'Begin again: a challenge holds for two minutes and one answer.',
  ),
  PAYLOAD_TOO_LARGE: row(
    413,
    false,
    'The request is larger than this operation allows.',
    'Send less at once; the limit stands in the details.',
  ),
  MEDIA_TYPE_UNSUPPORTED: row(
    415,
    false,
    'The content type is not one this operation reads.',
    'Send application/json.',
  ),
  CREDENTIAL_UNREADABLE: row(
    422,
    false,
    'The gateway cannot open the stored credential.',
    'Enter the credential of this connection again.',
    ON_MEMBER,
  ),
  CREDENTIAL_REBOUND: row(
    422,
    false,
    'The stored credential belongs to another address.',
    'Enter the credential of this connection again.',
    ON_MEMBER,
  ),
  RESEAL_REQUIRED: row(
    422,
    false,
    'Changing where a connection leads needs a newly sealed credential.',
    'Send the credential, sealed anew, together with the change.',
  ),
  KEY_REUSED: row(
    422,
    false,
    'This idempotency key was used with another request.',
    'Use a new key for a new request.',
  ),
  CREDENTIAL_STALE_KEY: row(
    422,
    false,
    'The credential is sealed to a key that the gateway no longer uses.',
    'Read the public key of the gateway again and seal the credential with it.',
  ),
  BACKUP_INVALID: row(
    422,
    false,
    'The backup is not whole, or was changed.',
    'Use the document as it was written; the details name what does not fit.',
  ),
  REGION_NOT_SERVED: row(
    422,
    false,
    'No relay is configured for this region, or it does not exist.',
    'Choose one of the regions listed in the details.',
  ),
  GATEWAY_TOO_OLD: row(426, false, 'The agents of this gateway are too old for this operation.', 'Update the agent.'),
  CONTRACT_UNSUPPORTED: row(
    426,
    false,
    'Agent and control plane have no version of the wire contract in common.',
    'Update the agent.',
    ON_MEMBER,
  ),
  GATEWAY_BUSY: row(
    429,
    true,
    'The gateway has as much work as it takes.',
    'Wait for the time given in Retry-After and send the request again.',
    ON_MEMBER,
  ),
  RATE_LIMITED: row(
    429,
    true,
    'More requests came than the limit named in the details allows.',
    'Wait for the time given in Retry-After and send it again; limits of flow requests can be seen in the tenant policy.',
  ),
  RECOVERY_LOCKED: row(
    429,
    true,
    'The wrong recovery key was given too often.',
    'Wait for the time given in Retry-After, or ask another administrator to end the lock.',
  ),
  TOO_MANY_ATTEMPTS: row(429, true, 'Too many attempts.', 'Wait for the time given in Retry-After.'),
  REQUEST_CANCELLED: row(
    499,
    false,
    'The caller went away before the answer.',
    'Send the request again if it is still wanted.',
    LOST,
  ),
  INTERNAL: row(
    500,
    false,
    'Something failed here that should not.',
    'Give the trace id to the operator of this service.',
  ),
  AGENT_FAILED: row(
    502,
    true,
    'The agent failed while it worked on the request.',
    "Look for the trace id in the agent's log.",
    LOST,
  ),
  SOURCE_UNREACHABLE: row(
    502,
    true,
    'The agent cannot reach the data source.',
    "Check that the source runs and that the agent's machine may connect to it.",
    AT_SOURCE,
  ),
  SOURCE_DENIED: row(
    502,
    false,
    'The data source refused the stored credential.',
    'Enter the credential of this connection again, or grant it the right at the source.',
    AT_SOURCE,
  ),
  SOURCE_FAILED: row(
    502,
    false,
    'The data source reported an error.',
    "Read the source's message in the details.",
    AT_SOURCE,
  ),
  REPLY_INVALID: row(
    502,
    true,
    'The answer from the gateway was not whole or not genuine.',
    'Send the request again.',
    LOST,
  ),
  REQUEST_UNSIGNED: row(
    502,
    false,
    'The agent refused a write that it could not verify.',
    'Check that the agent trusts the root key of this service.',
    ON_MEMBER,
  ),
  REQUEST_DECLINED: row(
    502,
    true,
    'The member declined the write because it could not confirm that it alone holds it.',
    'Send the request again: nothing was executed.',
    ON_MEMBER,
  ),
  LICENCE_UNAVAILABLE: row(503, true, 'Licences cannot be checked at the moment.', 'Try again later.'),
  GATEWAY_OFFLINE: row(503, true, 'No member of the gateway is online.', 'Check that the agent runs on its machine.'),
  GATEWAY_KEY_MISSING: row(
    503,
    true,
    'No online member of the gateway has the key that this credential was sealed to.',
    'Try again in a minute: a member that was away fetches the key by itself. If it lasts, seal the credential again.',
  ),
  BROKER_UNAVAILABLE: row(503, true, 'The relay is temporarily unavailable.', 'Try again later.', [
    'broker',
    'not-sent',
  ]),
  IDENTITY_UNAVAILABLE: row(503, true, 'The directory that signs access tokens cannot be reached.', 'Try again later.'),
  VAULT_UNAVAILABLE: row(503, true, 'The key vault cannot be reached.', 'Try again later.'),
  DATABASE_UNAVAILABLE: row(503, true, 'The control plane cannot reach its database.', 'Try again later.'),
  GATEWAY_TIMEOUT: row(
    504,
    true,
    'The gateway did not answer in time.',
    'Ask for less at once, or look at the agent and the source.',
    LOST,
  ),
  REQUEST_EXPIRED: row(
    504,
    true,
    'The request was too old when the agent saw it.',
    "Send it again; check the clock of the agent's machine.",
    ON_BUS,
  ),
} as const satisfies Record<string, CatalogueRow>;

export type ErrorCode = keyof typeof CATALOGUE;
