import { ADDRESS, closed, FLAG, GUID, listOf, TEXT, words } from './json-schema.js';
import type { JsonSchema } from './json-schema.js';

// Azure Resource Manager, section 6.5 of the contracts. Every second argument of `closed` is ours.

const COMMON = {
  'contactInformation?': listOf(TEXT),
  'displayName?': TEXT,
  'description?': TEXT,
  'machineName?': TEXT,
  // The schema says object, the documented example has this text.
  'status?': words('Installed'),
  'backendUri?': ADDRESS,
};
const TAGS: JsonSchema = { type: 'object', additionalProperties: TEXT };

export const ARM_GATEWAY = closed({
  id: { type: 'string', pattern: '^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Web/' },
  name: TEXT,
  type: words('Microsoft.Web/connectionGateways'),
  'location?': TEXT,
  'etag?': TEXT,
  'tags?': TAGS,
  properties: closed({
    ...COMMON,
    'connectionGatewayInstallation?': closed({ id: TEXT, 'name?': TEXT, 'type?': TEXT, 'location?': TEXT }),
  }),
});
export const ARM_GATEWAY_NEW = closed({
  location: TEXT,
  'tags?': TAGS,
  properties: closed({ connectionGatewayInstallation: closed({ id: TEXT }) }),
});
export const ARM_GATEWAY_UPDATE = closed({ tags: TAGS });

export const ARM_INSTALLATION = closed({
  id: { type: 'string', pattern: '^/subscriptions/[^/]+/providers/Microsoft\\.Web/locations/[^/]+/' },
  name: GUID,
  type: words('Microsoft.Web/locations/connectionGatewayInstallations'),
  'location?': TEXT,
  properties: closed({ ...COMMON, 'connectionGateway?': closed({ id: TEXT, 'name?': TEXT, 'type?': TEXT }) }),
});

export const ARM_ERROR = closed({
  error: closed(
    { code: TEXT, message: TEXT, details: listOf(closed({ code: TEXT, message: TEXT })) },
    { hop: TEXT, outcome: TEXT, retryable: FLAG, remedy: TEXT, traceId: TEXT },
  ),
});
