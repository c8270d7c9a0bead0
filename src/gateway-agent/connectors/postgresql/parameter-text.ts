import type { ValueShape } from '../sql/catalog-table.js';
import type { ColumnKind } from '../sql/column-kind.js';
import type { Json } from '../sql/dialect.js';
import { formatArrayLiteral, type ArrayElement } from './array-literal.js';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes in PostgreSQL's text form; undefined when the text is not base64. */
export function base64ToBytea(text: string): string | undefined {
  return BASE64.test(text) ? `\\x${Buffer.from(text, 'base64').toString('hex')}` : undefined;
}

/**
 * The text form in which PostgreSQL reads a JSON value for a column; undefined when JSON of that shape has no place in
 * it. Whether the text is good for the type is the source's to say.
 */
export function parameterText(value: Json, shape: ValueShape): string | null | undefined {
  if (value === null) return null;
  if (shape.isArray) {
    if (typeof value === 'string') return value;
    if (!Array.isArray(value)) return undefined;
    const elements = value.map((element) => arrayElement(element, shape));
    return elements.includes(undefined) ? undefined : formatArrayLiteral(elements as ArrayElement[]);
  }
  return scalarText(value, shape.kind);
}

function arrayElement(value: Json, shape: ValueShape): ArrayElement | undefined {
  if (Array.isArray(value) && shape.elementKind !== 'json') {
    const elements = value.map((element) => arrayElement(element, shape));
    return elements.includes(undefined) ? undefined : (elements as ArrayElement[]);
  }
  return value === null ? null : scalarText(value, shape.elementKind);
}

function scalarText(value: Exclude<Json, null>, kind: ColumnKind): string | undefined {
  if (kind === 'json') return JSON.stringify(value);
  if (typeof value === 'object') return undefined;
  if (kind === 'binary') return typeof value === 'string' ? base64ToBytea(value) : undefined;
  return String(value);
}

/**
 * The text form of a value for a placeholder whose type only the source knows: a list of plain values becomes an array
 * (for `= ANY(@ids)`), anything else with structure becomes JSON.
 */
export function untypedText(value: Json): string | null {
  if (value === null) return null;
  if (typeof value !== 'object') return String(value);
  const isPlainList = Array.isArray(value) && value.every((element) => element === null || typeof element !== 'object');
  if (!isPlainList) return JSON.stringify(value);
  return formatArrayLiteral(value.map((element) => (element === null ? null : String(element))));
}
