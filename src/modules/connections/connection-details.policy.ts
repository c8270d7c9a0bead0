import { DomainError } from '../../common/errors/domain-error.js';
import { targetSchema, type Target } from '../../contract/targets.js';
import { hasParameterType } from './parameter-types.policy.js';
import { parameterValues, SOURCE_TYPES, sourceKindEntry } from './source-kinds.policy.js';
import type { CreationMethod, ParameterType, ParameterValue, SourceType } from './source-kinds.types.js';

/** A parameter as a client sends it. */
export interface SentParameter {
  readonly name: string;
  /** Checked where the client's API has it. */
  readonly dataType?: ParameterType | undefined;
  readonly value: ParameterValue;
}

/** Where a connection leads, in a client's words. Names are matched without regard to case, as clients do. */
export interface SentDetails {
  /** In Fabric's words or Power BI's. */
  readonly type: string;
  /** Undefined where the client's API has none: the first method that fits is taken. */
  readonly creationMethod?: string | undefined;
  readonly parameters: readonly SentParameter[];
}

/** How a client's API calls the field, for errors. */
const PATH = 'connectionDetails';

/**
 * Takes the first method of the type, of that name where one is given, whose parameters fit.
 *
 * @throws DomainError VALIDATION_FAILED, which names the field
 */
export function parseTarget({ type, creationMethod, parameters }: SentDetails): Target {
  const methods = typeNamed(type).methods.filter(
    ({ name }) => creationMethod === undefined || isSameName(name, creationMethod),
  );
  if (methods.length === 0) throw invalid(`${PATH}.creationMethod`, 'the type has no such method');
  const misfits = methods.map((method) => ({ method, misfit: misfitOf(method, parameters) }));
  const fitting = misfits.find(({ misfit }) => misfit === undefined);
  if (!fitting) throw invalid(`${PATH}.parameters`, misfits[0]?.misfit ?? 'malformed');
  return checkedTarget(fitting.method, parameters);
}

/** How clients read a target back: its type, and its parameters joined by semicolons. */
export function showTarget(target: Target): { type: string; path: string } {
  const [type] = sourceKindEntry(target.kind).types;
  return { type: type.name, path: Object.values(parameterValues(target)).join(';') };
}

/** @throws DomainError VALIDATION_FAILED */
function typeNamed(wanted: string): SourceType {
  const found = SOURCE_TYPES.find(({ type }) => isSameName(type.name, wanted) || isSameName(type.powerBiName, wanted));
  if (found) return found.type;
  const known = SOURCE_TYPES.map(({ type }) => type.name).join(', ');
  throw invalid(`${PATH}.type`, `no such type; known: ${known}`);
}

/** Why parameters do not fit a method; undefined when they do. */
function misfitOf({ parameters: known }: CreationMethod, sent: readonly SentParameter[]): string | undefined {
  const seen = new Set<string>();
  for (const { name, dataType, value } of sent) {
    const parameter = known.find((one) => isSameName(one.name, name));
    if (!parameter) return `no parameter ${name}`;
    if (seen.has(parameter.name)) return `${name} twice`;
    seen.add(parameter.name);
    if (dataType !== undefined && dataType !== parameter.dataType) return `${name} is of type ${parameter.dataType}`;
    if (!hasParameterType(value, parameter.dataType)) return `${name} must be a value of type ${parameter.dataType}`;
    const { allowedValues } = parameter;
    if (allowedValues && !allowedValues.includes(String(value)))
      return `${name} must be one of ${allowedValues.join(', ')}`;
    if (parameter.required && String(value).trim() === '') return `${parameter.name} is missing`;
  }
  const missing = known.find(({ name, required }) => required && !seen.has(name));
  return missing && `${missing.name} is missing`;
}

/** @throws DomainError VALIDATION_FAILED */
function checkedTarget(method: CreationMethod, sent: readonly SentParameter[]): Target {
  const values: Record<string, string> = {};
  for (const { name, value } of sent) {
    const parameter = method.parameters.find((one) => isSameName(one.name, name));
    if (parameter) values[parameter.name] = String(value).trim();
  }
  const parsed = targetSchema.safeParse(method.target(values));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${PATH}.parameters.${issue?.path.join('.') ?? ''}`, issue?.message ?? 'malformed');
  }
  if (parsed.data.kind === 'http' || parsed.data.kind === 'odata') assertPlainUrl(parsed.data.url);
  return parsed.data;
}

/** A password in a URL would be stored, shown and logged in plain. */
function assertPlainUrl(address: string): void {
  const url = new URL(address);
  const problem =
    url.username !== '' || url.password !== ''
      ? 'must not hold a user name or password: send them as a sealed credential'
      : url.hash !== ''
        ? 'must not hold a fragment'
        : undefined;
  if (problem !== undefined) throw invalid(`${PATH}.parameters.url`, problem);
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function invalid(path: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { path, problem });
}
