import type { Failure } from './failure.js';

/** A gateway that cannot be reached is a bad request to Power BI's clients: they know no other status for it. */
const UNREACHABLE = 'DM_GWPipeline_Client_GatewayUnreachable';
const NO_ACCESS = 'DM_GWPipeline_Gateway_DataSourceAccessError';
const REFUSED_CREDENTIALS = 'DM_GWPipeline_Gateway_InvalidConnectionCredentials';

/** Failures on the way to the source, in Power BI's words. */
const PIPELINE: Readonly<Partial<Record<string, string>>> = {
  GATEWAY_OFFLINE: UNREACHABLE,
  GATEWAY_TIMEOUT: UNREACHABLE,
  SOURCE_UNREACHABLE: 'DM_GWPipeline_Gateway_ServerUnreachable',
  SOURCE_DENIED: REFUSED_CREDENTIALS,
  SOURCE_FAILED: NO_ACCESS,
  PATH_FORBIDDEN: NO_ACCESS,
  POLICY_DENIED: NO_ACCESS,
  FILE_NOT_FOUND: NO_ACCESS,
  CREDENTIAL_UNREADABLE: REFUSED_CREDENTIALS,
  CREDENTIAL_REBOUND: REFUSED_CREDENTIALS,
};

/** Names that its clients know for failures which the catalogue calls otherwise. */
const NAMES: Readonly<Partial<Record<string, string>>> = {
  GATEWAY_NOT_FOUND: 'GatewayNotFound',
  GATEWAY_NAME_TAKEN: 'DuplicateGatewayName',
  CONNECTION_NAME_TAKEN: 'DuplicateConnectionName',
  CONNECTION_CREATION_FAILED: 'DMTS_PublishDatasourceToClusterErrorCode',
  CREDENTIALS_INCORRECT: 'IncorrectCredentials',
  CREDENTIAL_MALFORMED: 'InvalidCredentialDetails',
  GATEWAY_TYPE_UNSUPPORTED: 'UnsupportedGatewayType',
  VALIDATION_FAILED: 'BadRequest',
  INTERNAL: 'UnknownError',
};

/** Names of its detail rows, and the type that says "text". */
const DETAIL_CODE = 'DM_ErrorDetailNameCode_UnderlyingErrorCode';
const DETAIL_MESSAGE = 'DM_ErrorDetailNameCode_UnderlyingErrorMessage';
const TEXT = 1;

/** Always this number in what was recorded. */
const CULPRIT = 1;

/**
 * `error.code` of Power BI: its own names where it has one, the catalogue's else.
 *
 * @param field that is wrong, where it is known
 */
export function powerBiErrorCode({ code, hop }: Pick<Failure, 'code' | 'hop'>, field: string | number = ''): string {
  if (code === 'VALIDATION_FAILED' && /^(connectionDetails|datasourceType)\b/i.test(String(field)))
    return 'InvalidConnectionDetails';
  if (code === 'VALIDATION_FAILED' && /^credentialDetails\b/i.test(String(field))) return 'InvalidCredentialDetails';
  const known = PIPELINE[code] ?? NAMES[code];
  if (known !== undefined) return known;
  if (isBeyond(hop)) return 'DM_GWPipeline_UnknownError';
  return code.endsWith('_NOT_FOUND') ? 'EntityNotFound' : code;
}

/** The status and body of a failure below `/v1.0` and `/v2.0`, with our code, hop, outcome and remedy inside it. */
export function powerBiError(failure: Failure): { status: number; body: { error: Readonly<Record<string, unknown>> } } {
  const { hop, outcome, retryable, remedy, traceId, details } = failure;
  const message = sentenceOf(failure);
  const code = powerBiErrorCode(failure, details['path']);
  const isPipelines = PIPELINE[failure.code] !== undefined || (isBeyond(hop) && failure.status >= 500);
  const underlying = [
    { code: DETAIL_CODE, detail: { type: TEXT, value: failure.code } },
    { code: DETAIL_MESSAGE, detail: { type: TEXT, value: message } },
  ];
  const parameters = Object.fromEntries(Object.entries(details).map(([name, value]) => [name, String(value)]));
  const pbiError = { code, parameters, details: underlying, exceptionCulprit: CULPRIT };
  return {
    status: isPipelines ? 400 : failure.status,
    body: { error: { code, message, 'pbi.error': pbiError, hop, outcome, retryable, remedy, traceId } },
  };
}

/** Its command lines show this sentence and nothing else: it says which field is wrong, and why. */
function sentenceOf({ message, details }: Pick<Failure, 'message' | 'details'>): string {
  const { path, problem = details['reason'] } = details;
  return path === undefined || problem === undefined ? message : `${message} ${path}: ${problem}`;
}

/** Whether it happened behind the relay. */
function isBeyond(hop: Failure['hop']): boolean {
  return hop === 'member' || hop === 'connector' || hop === 'source';
}
