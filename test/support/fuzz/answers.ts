import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { OpenApiDocument } from '../../../scripts/describe-openapi.mjs';
import type { Route } from '../openapi.js';

/** An answer as it came. */
export interface FuzzAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly text: string;
}

interface Declared {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, unknown>>;
}

const FORMATS = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  uri: /^[a-z][a-z0-9+.-]*:/i,
  base64: /^[A-Za-z0-9+/]*={0,2}$/,
  base64url: /^[\w-]*$/,
};

/**
 * Holds answers to what the document says of them. Stricter than it: answers may gain fields for clients, but here each
 * field has to be described.
 */
export class AnswerChecker {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly document: OpenApiDocument) {
    for (const [name, format] of Object.entries(FORMATS)) this.ajv.addFormat(name, format);
    this.ajv.addSchema(closed(document) as object, 'document');
  }

  /** @returns what is wrong with it; undefined: nothing */
  fault(route: Route, { status, contentType, text }: FuzzAnswer): string | undefined {
    const { place, declared } = this.declared(route, status);
    if (!declared) return `${status} is not declared`;
    // Answers that nobody declared are found by the document's own test.
    if (route.method === 'head' || declared.description === 'Not declared.') return undefined;
    const types = Object.keys(declared.content ?? {});
    if (types.length === 0) return text === '' ? undefined : `${status} was to be empty`;
    const type = contentType?.split(';')[0]?.trim() ?? '';
    const named = types.includes(type) ? type : types.find((each) => each === '*/*');
    if (named === undefined) return `${status} is ${type || 'nothing'} and not ${types.join(' or ')}`;
    if (!/[/+]json$/.test(named)) return undefined;
    const validate = this.validator(`${place}/content/${pointer(named)}/schema`);
    return validate(JSON.parse(text)) ? undefined : `${status}: ${this.ajv.errorsText(validate.errors)}`;
  }

  private declared({ path, method, operation }: Route, status: number): { place: string; declared?: Declared } {
    const names = [String(status), `${Math.floor(status / 100)}XX`, ...(status >= 400 ? ['default'] : [])];
    const name = names.find((each) => each in operation.responses);
    if (name === undefined) return { place: '' };
    const declared = operation.responses[name] as Declared;
    if (declared.$ref === undefined) {
      return { place: `#/paths/${pointer(path)}/${method}/responses/${name}`, declared };
    }
    const target = declared.$ref.split('/').at(-1) ?? '';
    const { responses } = this.document.components as unknown as { responses: Record<string, Declared> };
    const found = responses[target];
    return { place: declared.$ref, ...(found && { declared: found }) };
  }

  private validator(place: string): ValidateFunction {
    const known = this.compiled.get(place) ?? this.ajv.compile({ $ref: `document${place}` });
    this.compiled.set(place, known);
    return known;
  }
}

/** The same document, its objects closed: what is not described is wrong. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, closed(each)]));
  const isObject = inner['type'] === 'object' && typeof inner['properties'] === 'object';
  return isObject && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner;
}

function pointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
