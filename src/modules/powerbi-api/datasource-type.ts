import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import type { SourceKind, Target } from '../../contract/targets.js';
import { parseTarget } from '../connections/connection-details.policy.js';
import { parameterValues, SOURCE_TYPES, sourceKindEntry } from '../connections/source-kinds.policy.js';

/** What stands in the text of `connectionDetails`. Values that are left open are null. */
const detailsSchema = z.record(z.string().max(128), z.union([z.string().max(4096), z.number(), z.boolean(), z.null()]));

/** @throws DomainError VALIDATION_FAILED, which names the field */
export function toTarget(datasourceType: string, connectionDetails: string): Target {
  const type = kindNamed(datasourceType)?.name;
  if (type === undefined) throw unknownType('datasourceType', datasourceType);
  const parameters = Object.entries(readDetails(connectionDetails)).flatMap(([name, value]) =>
    value === null ? [] : [{ name, value }],
  );
  return parseTarget({ type, parameters });
}

/** `datasourceType` of a connection. */
export function datasourceTypeOf(kind: SourceKind): string {
  return sourceKindEntry(kind).types[0].powerBiName;
}

/** `connectionDetails` of a connection: JSON as text. */
export function detailsOf(target: Target): string {
  return JSON.stringify(parameterValues(target));
}

/** Kinds of sources by Power BI's names, each once. @throws DomainError VALIDATION_FAILED for names that are not served */
export function toKinds(datasourceTypes: readonly string[], path: string): SourceKind[] {
  const kinds = datasourceTypes.map((name) => {
    const known = kindNamed(name);
    if (!known) throw unknownType(path, name);
    return known.kind;
  });
  return [...new Set(kinds)];
}

function kindNamed(name: string): { readonly kind: SourceKind; readonly name: string } | undefined {
  const wanted = name.toLowerCase();
  const found = SOURCE_TYPES.find(({ type }) => type.powerBiName.toLowerCase() === wanted);
  return found && { kind: found.entry.kind, name: found.type.name };
}

function readDetails(text: string): z.infer<typeof detailsSchema> {
  try {
    return detailsSchema.parse(JSON.parse(text));
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof z.ZodError)) throw cause;
    const problem = 'must be the text of a JSON object with plain values, like {"server":"db","database":"sales"}';
    throw new DomainError('VALIDATION_FAILED', { path: 'connectionDetails', problem }, { cause });
  }
}

function unknownType(path: string, sent: string): DomainError {
  const known = [...new Set(SOURCE_TYPES.map(({ type }) => type.powerBiName))].join(', ');
  return new DomainError('VALIDATION_FAILED', { path, problem: `${sent} is not served here; known: ${known}` });
}
