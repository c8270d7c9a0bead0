import { DomainError } from '../../common/errors/domain-error.js';
import { SOURCE_KINDS, type SourceKind, type Target } from '../../contract/targets.js';
import { hostAndPort, showHost } from './host-and-port.js';
import type { CreationParameter, SourceKindEntry, SourceType } from './source-kinds.types.js';

/** Ports that a server listens on unless it says otherwise. @see IANA's registry of service names and ports */
const POSTGRESQL_PORT = 5432;
const SQL_SERVER_PORT = 1433;
const MYSQL_PORT = 3306;
const ORACLE_PORT = 1521;
const SSH_PORT = 22;

type TargetOf<K extends SourceKind> = Extract<Target, { kind: K }>;
type DatabaseKind = 'postgresql' | 'sql' | 'mysql';
type EntryOf<K extends SourceKind> = Omit<SourceKindEntry, 'kind' | 'values'> & {
  readonly values: (target: TargetOf<K>) => Readonly<Record<string, string>>;
};

const text = (name: string): CreationParameter => ({ name, dataType: 'Text', required: true });
const optional = (name: string, allowedValues?: readonly string[]): CreationParameter => ({
  ...text(name),
  required: false,
  ...(allowedValues && { allowedValues }),
});

/** By kind. A kind that is not here does not compile. */
const ENTRIES: { readonly [K in SourceKind]: EntryOf<K> } = {
  postgresql: database('postgresql', {
    displayName: 'PostgreSQL',
    type: { name: 'PostgreSQL', powerBiName: 'PostgreSql', method: 'PostgreSql' },
    port: POSTGRESQL_PORT,
    credentialTypes: ['Basic'],
  }),
  sql: database('sql', {
    displayName: 'SQL Server',
    type: { name: 'SQL', powerBiName: 'Sql', method: 'Sql' },
    port: SQL_SERVER_PORT,
    credentialTypes: ['Basic', 'Windows'],
  }),
  mysql: database('mysql', {
    displayName: 'MySQL',
    type: { name: 'MySql', powerBiName: 'MySql', method: 'MySql' },
    port: MYSQL_PORT,
    credentialTypes: ['Basic'],
  }),
  oracle: {
    displayName: 'Oracle',
    types: [
      {
        name: 'Oracle',
        powerBiName: 'Oracle',
        methods: [
          {
            name: 'Oracle',
            parameters: [text('server')],
            target: ({ server = '' }) => ({ kind: 'oracle', ...oraclePlace(server) }),
          },
        ],
      },
    ],
    credentialTypes: ['Basic'],
    // Its protocol cannot ask whether there is TLS: the listener speaks it or does not.
    encryptions: ['Encrypted', 'NotEncrypted'],
    supportsSkipTestConnection: true,
    values: ({ server, port, service }) => ({ server: `${showHost(server, port, ORACLE_PORT)}/${service}` }),
  },
  http: {
    displayName: 'Web',
    types: [
      webType('Web'),
      // What a custom connector's definition calls the source behind the gateway.
      webType('CustomConnector'),
    ],
    credentialTypes: ['Anonymous', 'Basic', 'Key', 'OAuth2'],
    // Whether TLS is spoken stands in the address.
    encryptions: ['Any', 'NotEncrypted'],
    supportsSkipTestConnection: true,
    values: webValues,
  },
  odata: {
    displayName: 'OData',
    types: [webType('OData', 'odata')],
    credentialTypes: ['Anonymous', 'Basic', 'Key', 'OAuth2'],
    encryptions: ['Any', 'NotEncrypted'],
    supportsSkipTestConnection: true,
    values: webValues,
  },
  filesystem: {
    displayName: 'File system',
    types: [pathType('Folder'), pathType('File')],
    // The agent's own account: on no system does Node let one process act as several.
    credentialTypes: ['Anonymous'],
    encryptions: ['Any', 'NotEncrypted'],
    supportsSkipTestConnection: true,
    values: ({ path }) => ({ path }),
  },
  sftp: {
    displayName: 'SFTP',
    types: [
      {
        name: 'SFTP',
        powerBiName: 'SFTP',
        methods: [
          {
            name: 'SFTP',
            parameters: [text('server'), text('path'), text('hostKey')],
            target: ({ server = '', path, hostKey }) => ({
              kind: 'sftp',
              ...hostAndPort(server, SSH_PORT),
              path,
              hostKey,
            }),
          },
        ],
      },
    ],
    credentialTypes: ['Basic', 'Key'],
    // SSH encrypts whatever is asked for.
    encryptions: ['Any', 'NotEncrypted'],
    supportsSkipTestConnection: true,
    values: ({ server, port, path, hostKey }) => ({ server: showHost(server, port, SSH_PORT), path, hostKey }),
  },
};

/** Every kind of source with its names, parameters and ways to sign in, in the contract's order. */
export const SOURCE_KIND_ENTRIES: readonly SourceKindEntry[] = SOURCE_KINDS.map((kind) => entryOf(kind));

/** All types, each with the kind it belongs to. */
export const SOURCE_TYPES: readonly { readonly type: SourceType; readonly entry: SourceKindEntry }[] =
  SOURCE_KIND_ENTRIES.flatMap((entry) => entry.types.map((type) => ({ type, entry })));

const BY_KIND = new Map(SOURCE_KIND_ENTRIES.map((entry) => [entry.kind, entry]));

/** What the surfaces say of a kind. */
export function sourceKindEntry(kind: SourceKind): SourceKindEntry {
  return BY_KIND.get(kind) ?? entryOf(kind);
}

/** A target's parameters by name, in the order in which clients join them. */
export function parameterValues(target: Target): Readonly<Record<string, string>> {
  return sourceKindEntry(target.kind).values(target);
}

function entryOf<K extends SourceKind>(kind: K): SourceKindEntry {
  const entry: EntryOf<K> = ENTRIES[kind];
  const isOwn = (target: Target): target is TargetOf<K> => target.kind === kind;
  return {
    ...entry,
    kind,
    values: (target) => {
      if (!isOwn(target)) throw new DomainError('INTERNAL', {}, { message: `a target of ${target.kind}, not ${kind}` });
      return entry.values(target);
    },
  };
}

interface DatabaseNames {
  readonly displayName: string;
  readonly type: { readonly name: string; readonly powerBiName: string; readonly method: string };
  readonly port: number;
  readonly credentialTypes: EntryOf<DatabaseKind>['credentialTypes'];
}

/** A database that has a name on a server. */
function database(kind: DatabaseKind, { displayName, type, port, credentialTypes }: DatabaseNames) {
  const { name, powerBiName, method } = type;
  return {
    displayName,
    types: [
      {
        name,
        powerBiName,
        methods: [
          {
            name: method,
            parameters: [text('server'), text('database')],
            target: ({ server = '', database: of }) => ({ kind, ...hostAndPort(server, port), database: of }),
          },
        ],
      },
    ],
    credentialTypes,
    encryptions: ['Encrypted', 'Any', 'NotEncrypted'],
    supportsSkipTestConnection: true,
    values: (target) => ({ server: showHost(target.server, target.port, port), database: target.database }),
  } satisfies EntryOf<DatabaseKind>;
}

/** Reads `host/service` and `host:port/service`. @throws DomainError VALIDATION_FAILED */
function oraclePlace(address: string): { server: string; port: number; service: string } {
  const slash = address.lastIndexOf('/');
  if (slash === -1) {
    throw new DomainError('VALIDATION_FAILED', {
      path: 'connectionDetails.parameters.server',
      problem: 'host/service or host:port/service is needed',
    });
  }
  return { ...hostAndPort(address.slice(0, slash), ORACLE_PORT), service: address.slice(slash + 1) };
}

/** In this order whatever the order in the database, and without those that are not set. */
function webValues({ url, apiKeyName, apiKeyIn, tokenEndpoint, scope }: TargetOf<'http' | 'odata'>) {
  return Object.fromEntries(
    Object.entries({ url, apiKeyName, apiKeyIn, tokenEndpoint, scope }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** @see assertSignIn for what goes together */
function webType(name: 'Web' | 'CustomConnector' | 'OData', kind: 'http' | 'odata' = 'http'): SourceType {
  const parameters = [
    text('url'),
    optional('apiKeyName'),
    optional('apiKeyIn', ['header', 'query']),
    optional('tokenEndpoint'),
    optional('scope'),
  ];
  const target = (values: Readonly<Record<string, string>>) => {
    const given = Object.entries(values).filter(([parameter, value]) => parameter === 'url' || value !== '');
    return { ...Object.fromEntries(given), kind };
  };
  return { name, powerBiName: name, methods: [{ name, parameters, target }] };
}

function pathType(name: 'Folder' | 'File'): SourceType {
  return {
    name,
    powerBiName: name,
    methods: [{ name, parameters: [text('path')], target: ({ path }) => ({ kind: 'filesystem', path }) }],
  };
}
