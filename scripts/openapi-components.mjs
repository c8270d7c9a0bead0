const text = { type: 'string' };
const whole = { type: 'integer' };
const flag = { type: 'boolean' };
const hop = { type: 'string', enum: ['control-plane', 'broker', 'member', 'connector', 'source'] };
const outcome = { type: 'string', enum: ['not-sent', 'not-executed', 'executed', 'unknown'] };
const details = { type: 'object', additionalProperties: { type: ['string', 'number'] } };
const object = (properties, required = Object.keys(properties)) => ({ type: 'object', properties, required });

/** Bodies of failures, one a surface; `src/common/errors/render.ts` writes them and a test holds both together. */
const schemas = {
  FabricError: {
    ...object({ requestId: text, errorCode: text, message: text, isRetriable: flag, hop, outcome, remedy: text }),
    description: 'A failure below /v1. moreDetails holds our own code where Fabric has another name, and the details.',
  },
  ConnectorError: {
    ...object({
      status: whole,
      message: text,
      error: object({ code: text, message: text }),
      source: text,
      code: text,
      hop,
      outcome,
      retryable: flag,
      remedy: text,
      traceId: text,
      details,
    }),
    description: 'A failure below /apim.',
  },
  Problem: {
    ...object({
      type: { type: 'string', format: 'uri' },
      title: text,
      status: whole,
      detail: text,
      instance: { type: 'string', format: 'uri' },
      code: text,
      hop,
      outcome,
      retryable: flag,
      remedy: text,
      traceId: text,
      details,
    }),
    description: 'A failure below /agent, as RFC 9457 has it.',
  },
  PowerBiError: {
    ...object({
      error: {
        ...object({ code: text, message: text, hop, outcome, retryable: flag, remedy: text, traceId: text }),
        required: ['code', 'message', 'pbi.error'],
      },
    }),
    description: 'A failure below /v1.0 and /v2.0; our own code stands in the details of pbi.error.',
  },
};
schemas.ArmError = {
  ...object({
    error: object({
      ...{ code: text, message: text, details: { type: 'array', items: object({ code: text, message: text }) } },
      ...{ hop, outcome, retryable: flag, remedy: text, traceId: text },
    }),
  }),
  description: 'A failure below /subscriptions. The first of the details is our own code, with what to do about it.',
};
schemas.PowerBiError.properties.error.properties['pbi.error'] = object({
  code: text,
  parameters: { type: 'object', additionalProperties: text },
  details: { type: 'array', items: object({ code: text, detail: object({ type: whole, value: text }) }) },
  exceptionCulprit: whole,
});
schemas.FabricError.properties.moreDetails = {
  type: 'array',
  items: object({ errorCode: text, message: text }),
};

const failure = (name, mediaType) => ({
  description: 'The request failed; docs/errors.md lists the codes.',
  headers: {
    'x-ms-request-id': { description: 'Trace id of the request.', schema: text },
    'retry-after': { description: 'Seconds to wait, where waiting helps.', schema: whole },
  },
  content: { [mediaType]: { schema: { $ref: `#/components/schemas/${name}` } } },
});

export const COMPONENTS = {
  schemas,
  responses: {
    FabricFailure: failure('FabricError', 'application/json'),
    ConnectorFailure: failure('ConnectorError', 'application/json'),
    PowerBiFailure: failure('PowerBiError', 'application/json'),
    ArmFailure: failure('ArmError', 'application/json'),
    ProblemFailure: failure('Problem', 'application/problem+json'),
  },
  securitySchemes: {
    accessToken: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'Access token of the directory (Entra ID) for a person or a service principal.',
    },
    memberToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'Access token of a registered member, from POST /agent/v1/tokens.',
    },
    joinToken: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'The word Tidegate-Join, a space and a join token.',
    },
  },
};

const id = { type: 'string', format: 'uuid' };

const tag = (name) => ({
  name,
  in: 'header',
  required: false,
  description: 'Tags of versions, or *: the change happens only if this is so.',
  schema: text,
});

/** Every route of Azure's resources names the version of the API. */
export const ARM_QUERY = [
  { name: 'api-version', in: 'query', required: true, schema: { type: 'string', enum: ['2016-06-01'] } },
];

/** What routes that change Azure's resources take besides. */
export const ARM_CONDITIONS = [tag('If-Match'), tag('If-None-Match')];

const rows = { type: 'array', items: {} };

/** Bodies that a route takes in more than one form, by operation. */
export const BODIES = {
  'environments.import': {
    'application/json': {
      schema: { anyOf: [object({ environments: rows }), object({ value: rows })] },
    },
    'text/csv': { schema: text },
  },
};

/** Parts of paths by their names, where not every text will do: what is none of these is not found. */
export const PATH_PARAMETERS = {
  gatewayId: id,
  memberId: id,
  connectionId: id,
  environmentId: id,
  principalId: id,
  callerId: id,
  alertId: id,
  joinTokenId: id,
  rolloutId: id,
  rotationId: id,
  operationId: id,
  datasourceId: id,
  permissionId: id,
  subscriptionId: id,
  traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' },
};

/** The surfaces, by how their paths begin; the last one takes what is left. */
export const SURFACES = [
  {
    tag: 'management',
    prefix: '/v1/',
    failure: 'FabricFailure',
    description: 'Gateways, connections and their rules.',
  },
  {
    tag: 'powerbi',
    prefix: '/v1.0/',
    failure: 'PowerBiFailure',
    description: 'Gateways as Power BI’s clients know them.',
  },
  {
    tag: 'powerbi-clusters',
    prefix: '/v2.0/',
    failure: 'PowerBiFailure',
    description: 'Gateway clusters as Power BI’s administration scripts know them.',
  },
  {
    tag: 'arm',
    prefix: '/subscriptions/',
    failure: 'ArmFailure',
    description: 'Connection gateways as Logic Apps and azure-cli know them.',
  },
  { tag: 'connectors', prefix: '/apim/', failure: 'ConnectorFailure', description: 'Data, for apps and flows.' },
  { tag: 'connectors', prefix: '/invoke', failure: 'ConnectorFailure' },
  { tag: 'agent', prefix: '/agent/', failure: 'ProblemFailure', description: 'What agents call.' },
  { tag: 'service', prefix: '/', failure: 'FabricFailure', description: 'The service itself.' },
];
