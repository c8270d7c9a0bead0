import { z } from 'zod';
import { sourceKindSchema, type CredentialType, type SourceKind } from './targets.js';
import type { OperationName } from './operations.js';

/**
 * What an agent says it can do. Names it does not know are kept, not refused: an agent newer than its control plane may
 * know more, and a name missing from an old agent's list means "not announced", which only `supports` may read as no.
 */
export const capabilitiesSchema = z.object({
  contractVersions: z.array(z.int().min(1)).min(1).max(20),
  operations: z.record(z.string().max(64), z.array(z.string().max(64)).max(100)),
  features: z.array(z.string().max(64)).max(100),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

const TABULAR: readonly OperationName[] = [
  'test',
  'listTables',
  'getTable',
  'listItems',
  'queryItems',
  'pollItems',
  'listProcedures',
  'getProcedure',
  'getItem',
  'createItem',
  'updateItem',
  'deleteItem',
  'executeQuery',
  'executeProcedure',
];

const FILES: readonly OperationName[] = [
  'test',
  'listFolder',
  'pageFolder',
  'listChanges',
  'getFile',
  'readFile',
  'writeFile',
  'copyFile',
  'deleteFile',
];

/** Which operations each kind of source has. One table for routes, agents and documentation. */
export const OPERATIONS_BY_KIND: Readonly<Record<SourceKind, readonly OperationName[]>> = {
  postgresql: TABULAR,
  sql: TABULAR,
  mysql: TABULAR,
  oracle: TABULAR,
  http: ['test', 'httpRequest'],
  odata: [
    'test',
    'listTables',
    'getTable',
    'listItems',
    'queryItems',
    'getItem',
    'createItem',
    'updateItem',
    'deleteItem',
  ],
  filesystem: FILES,
  sftp: FILES,
};

/** Whether a member announced this operation for this kind of source. */
export function supports(capabilities: Capabilities, kind: SourceKind, operation: OperationName): boolean {
  return capabilities.operations[sourceKindSchema.parse(kind)]?.includes(operation) ?? false;
}

/** Said by agents that sign in at web APIs by a key or a token. Older ones would not read where those go. */
export const HTTP_SIGN_IN = 'http-sign-in';

/** The feature that a member must have announced to use a credential; undefined: every member can. */
export function neededFeature(kind: SourceKind, credentialType: CredentialType): string | undefined {
  return kind === 'http' && (credentialType === 'Key' || credentialType === 'OAuth2') ? HTTP_SIGN_IN : undefined;
}
