import { DomainError } from '../../common/errors/domain-error.js';
import { SOURCE_KINDS, type SourceKind, type Target } from '../../contract/targets.js';
import { hostAndPort, showHost } from './host-and-port.js';
import type { CreationParameter, SourceKindEntry, SourceType } from './source-kinds.types.js';

/** PostgreSQL's registered port. */
const POSTGRESQL_PORT = 5432;

type TargetOf<K extends SourceKind> = Extract<Target, { kind: K }>;
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
  postgresql: {
    displayName: 'PostgreSQL',
    types: [
      {
        name: 'PostgreSQL',
        powerBiName: 'PostgreSql',
        methods: [
          {
            name: 'PostgreSql',
            parameters: [text('server'), text('database')],
            target: ({ server = '', database }) => ({
              kind: 'postgresql',
              ...hostAndPort(server, POSTGRESQL_PORT),
              database,
            }),
          },
        ],
      },
    ],
    credentialTypes: ['Basic'],
    encryptions: ['Encrypted', 'Any', 'NotEncrypted'],
    supportsSkipTestConnection: true,
    values: ({ server, port, database }) => ({ server: showHost(server, port, POSTGRESQL_PORT), database }),
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
    // In this order whatever the order in the database, and without those that are not set.
    values: ({ url, apiKeyName, apiKeyIn, tokenEndpoint, scope }) =>
      Object.fromEntries(
        Object.entries({ url, apiKeyName, apiKeyIn, tokenEndpoint, scope }).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
  },
  filesystem: {
    displayName: 'File system',
    types: [pathType('Folder'), pathType('File')],
    // Anonymous means the agent's own account.
    credentialTypes: ['Windows', 'Anonymous'],
    encryptions: ['Any', 'NotEncrypted'],
    supportsSkipTestConnection: true,
    values: ({ path }) => ({ path }),
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

/** @see assertSignIn for what goes together */
function webType(name: 'Web' | 'CustomConnector'): SourceType {
  const parameters = [
    text('url'),
    optional('apiKeyName'),
    optional('apiKeyIn', ['header', 'query']),
    optional('tokenEndpoint'),
    optional('scope'),
  ];
  const target = (values: Readonly<Record<string, string>>) => {
    const given = Object.entries(values).filter(([parameter, value]) => parameter === 'url' || value !== '');
    return { ...Object.fromEntries(given), kind: 'http' };
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
