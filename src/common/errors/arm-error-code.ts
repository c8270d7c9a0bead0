/** Names that Azure Resource Manager documents, or is known to use, for what the catalogue names otherwise. */
const NAMES: Readonly<Partial<Record<string, string>>> = {
  API_VERSION_MISSING: 'MissingApiVersionParameter',
  API_VERSION_INVALID: 'InvalidApiVersionParameter',
  API_VERSION_UNSUPPORTED: 'NoRegisteredProviderFound',
  TOKEN_INVALID: 'InvalidAuthenticationToken',
  ROUTE_NOT_FOUND: 'InvalidResourceType',
  VALIDATION_FAILED: 'InvalidRequestContent',
  PAYLOAD_TOO_LARGE: 'RequestContentTooLarge',
  MEDIA_TYPE_UNSUPPORTED: 'UnsupportedMediaType',
  PRECONDITION_FAILED: 'PreconditionFailed',
  VERSION_CONFLICT: 'Conflict',
  GATEWAY_LINKED: 'Conflict',
  AZURE_LOCATION_WRONG: 'LocationNotAvailableForResourceType',
  AZURE_LOCATION_FIXED: 'InvalidResourceLocation',
  RATE_LIMITED: 'TooManyRequests',
  INTERNAL: 'InternalServerError',
  DATABASE_UNAVAILABLE: 'ServiceUnavailable',
  IDENTITY_UNAVAILABLE: 'ServiceUnavailable',
};

/** What is wrong with a request, where Resource Manager has a name for that part of it. */
const FIELDS: Readonly<Partial<Record<string, string>>> = {
  subscriptionId: 'InvalidSubscriptionId',
  resourceGroupName: 'InvalidResourceGroup',
  connectionGatewayName: 'InvalidResourceName',
  location: 'LocationRequired',
};

/** Refusals of a caller who is known. */
const FORBIDDEN: ReadonlySet<string> = new Set(['NOT_ADMINISTRATOR', 'ROLE_MISSING', 'SCOPE_MISSING']);

/**
 * The `code` of an error of Azure Resource Manager; the catalogue's own, spelled its way, where it has none.
 *
 * @param field that is wrong, where it is known
 */
export function armErrorCode(code: string, field?: string | number): string {
  if (FORBIDDEN.has(code)) return 'AuthorizationFailed';
  const named = code === 'VALIDATION_FAILED' ? FIELDS[String(field)] : undefined;
  return named ?? NAMES[code] ?? (code.endsWith('_NOT_FOUND') ? 'ResourceNotFound' : pascalCase(code));
}

function pascalCase(code: string): string {
  return code.toLowerCase().replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
