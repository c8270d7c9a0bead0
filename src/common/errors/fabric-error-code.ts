/** Names that Fabric documents for failures which the catalogue knows under another one. */
const NAMES: Readonly<Partial<Record<string, string>>> = {
  CREDENTIAL_MALFORMED: 'InvalidCredentialDetails',
  GATEWAY_NAME_TAKEN: 'DuplicateGatewayName',
  CONNECTION_NAME_TAKEN: 'DuplicateConnectionName',
  CREDENTIALS_INCORRECT: 'IncorrectCredentials',
  CONNECTION_DETAILS_INVALID: 'InvalidConnectionDetails',
  CONNECTION_CREATION_FAILED: 'CreateGatewayConnectionFailed',
  CONNECTION_UPDATE_FAILED: 'UpdateGatewayConnectionFailed',
  GATEWAY_TYPE_UNSUPPORTED: 'UnsupportedGatewayType',
  OPERATION_HAS_NO_RESULT: 'OperationHasNoResult',
  PRINCIPAL_UNKNOWN: 'UnknownError',
  INTERNAL: 'UnknownError',
  RATE_LIMITED: 'RequestBlocked',
};

/** The request that failed, as it was sent. */
export interface FailedRequest {
  readonly method: string;
  readonly path: string;
}

/** Changes for which Fabric has a name of its own for "you may not". */
const MANAGED: readonly { readonly path: RegExp; readonly name: string }[] = [
  { path: /^\/v1\/gateways\/[^/]+(\/members\/[^/]+)?\/?$/, name: 'InsufficientPermissionsToManageGateway' },
  { path: /^\/v1\/connections\/[^/]+\/?$/, name: 'InsufficientPermissionsToManageConnection' },
];

/** Routes that are Fabric's own. */
const FABRIC_ROUTES = /^\/v1\/(gateways|connections|operations)(\/|\?|$)/;

/**
 * The `errorCode` of Fabric v1: one name for everything that is not there, its own for a few, the catalogue's else.
 *
 * @param field that is wrong, where it is known
 */
export function fabricErrorCode(code: string, request?: FailedRequest, field?: string | number): string {
  const named = request && (code === 'VALIDATION_FAILED' ? nameOfField(request, field) : nameOfRefusal(code, request));
  return named ?? NAMES[code] ?? (code.endsWith('_NOT_FOUND') ? 'EntityNotFound' : code);
}

function nameOfRefusal(code: string, { method, path }: FailedRequest): string | undefined {
  if ((code !== 'NOT_ADMINISTRATOR' && code !== 'ROLE_MISSING') || !['PATCH', 'DELETE'].includes(method))
    return undefined;
  const [bare = ''] = path.split('?');
  return MANAGED.find((one) => one.path.test(bare))?.name;
}

function nameOfField({ path }: FailedRequest, field: string | number = ''): string | undefined {
  if (!FABRIC_ROUTES.test(path)) return undefined;
  if (/^connectionDetails\b/.test(String(field))) return 'InvalidConnectionDetails';
  return /^credentialDetails\b/.test(String(field)) ? 'InvalidCredentialDetails' : 'BadRequest';
}
