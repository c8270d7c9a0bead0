import { z } from 'zod';
import { operationSchema, type Operation } from '../../contract/operations.js';
import type { Target } from '../../contract/targets.js';
import { check, text, usage, type Flags } from '../settings-values.js';
import { readSourceAddress } from './source-address.js';

export const POLICY_OPTIONS = {
  source: { type: 'string' },
  operation: { type: 'string' },
  table: { type: 'string' },
  procedure: { type: 'string' },
  path: { type: 'string' },
  destination: { type: 'string' },
  method: { type: 'string' },
  tenant: { type: 'string' },
  at: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** One request that a policy is asked about. */
export interface PolicyTest {
  readonly target: Target;
  readonly operation: Operation;
  readonly tenantId: string | undefined;
  readonly at: Date;
}

export type PolicyOrder =
  | { readonly action: 'check' | 'show'; readonly json: boolean }
  | { readonly action: 'test'; readonly json: boolean; readonly test: PolicyTest };

/** @throws CommandError usage */
export function readPolicyOrder(action: string | undefined, flags: Flags): PolicyOrder {
  const json = flags.json === true;
  switch (action) {
    case 'check':
    case 'show':
      return { action, json };
    case 'test':
      return { action, json, test: readTest(flags) };
    default:
      throw usage('policy needs check, show or test.');
  }
}

function readTest(flags: Flags): PolicyTest {
  const target = readSourceAddress(text(flags.source) ?? '');
  if (!target) throw usage('--source needs the address of a source.', 'Such as sql://host:1433/database, https://host/api, sftp://host/folder or file:///folder.'); // prettier-ignore
  const at = text(flags.at);
  return {
    target,
    operation: readOperation(flags),
    tenantId: text(flags.tenant) === undefined ? undefined : check('--tenant', z.guid(), flags.tenant),
    at: at === undefined ? new Date() : new Date(check('--at', z.iso.datetime({ offset: true }), at)),
  };
}

/** What the policy looks at stands in the flags; what it does not is filled in with something. */
function readOperation(flags: Flags): Operation {
  const name = text(flags.operation) ?? 'test';
  const [table, procedure, path, destination] = [flags.table, flags.procedure, flags.path, flags.destination].map((flag) => text(flag)); // prettier-ignore
  const filler = {
    key: '1',
    row: {},
    query: 'select 1',
    parameters: {},
    headers: [],
    top: 1,
    what: 'new',
    change: 'created',
  };
  const given = {
    ...filler,
    name,
    table,
    procedure,
    path,
    destination,
    method: text(flags.method)?.toUpperCase() ?? 'GET',
  };
  const asked = { ...given, mode: 'create', overwrite: false };
  const parsed = operationSchema.safeParse(asked);
  if (parsed.success) return parsed.data;
  const missing = parsed.error.issues.map(({ path: [where] }) => (where === 'name' ? 'operation' : String(where)));
  throw usage(`--operation ${name}: --${missing[0] ?? 'operation'} is missing or wrong.`);
}
