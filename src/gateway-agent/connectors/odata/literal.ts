import type { EdmType } from './edm-type.js';

const NUMBER = /^-?\d{1,100}(?:\.\d{1,100})?(?:[eE][+-]?\d{1,3})?$/;
const DATE = /^-?\d{4,6}-\d\d-\d\d$/;
const MOMENT = /^-?\d{4,6}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+-]\d\d:\d\d)$/;
const TIME = /^\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?$/;
const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const DURATION = /^-?P(?:\d{1,10}D)?(?:T(?:\d{1,10}H)?(?:\d{1,10}M)?(?:\d{1,10}(?:\.\d{1,12})?S)?)?$/;

/** Text between quotes; a quote in it is written twice, and nothing else has a meaning there. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * How a value of a type is written in an address, from its plain text; undefined when the text is no value of the type.
 *
 * @see OData 4.01 ABNF, primitiveLiteral
 */
export function literal(text: string, { kind, name }: EdmType): string | undefined {
  switch (kind) {
    case 'string':
      return quoted(text);
    case 'boolean':
      return text === 'true' || text === 'false' ? text : undefined;
    case 'integer':
      return /^-?\d{1,20}$/.test(text) ? text : undefined;
    case 'decimal':
    case 'float':
      return NUMBER.test(text) ? text : undefined;
    case 'date':
      return DATE.test(text) ? text : undefined;
    case 'moment':
      if (DATE.test(text)) return `${text}T00:00:00Z`;
      return MOMENT.test(text) ? text : undefined;
    case 'time':
      return TIME.test(text) ? text : undefined;
    case 'guid':
      return GUID.test(text) ? text : undefined;
    case 'binary':
      return BASE64.test(text) ? `binary'${Buffer.from(text, 'base64').toString('base64url')}'` : undefined;
    case 'duration':
      return DURATION.test(text) ? `duration'${text}'` : undefined;
    case 'enum':
      return `${name}${quoted(text)}`;
    case 'json':
      return undefined;
  }
}
