import { z } from 'zod';
import type { ParameterType, ParameterValue } from './source-kinds.types.js';

/** What values of each type look like; moments and spans are texts in ISO 8601. */
const TYPES: Readonly<Record<ParameterType, z.ZodType>> = {
  Text: z.string(),
  Number: z.union([z.number(), z.string().regex(/^[+-]?\d{1,18}(\.\d{1,18})?$/)]),
  Boolean: z.union([z.boolean(), z.string().regex(/^(true|false)$/i)]),
  Duration: z.iso.duration(),
  Date: z.iso.date(),
  DateTime: z.iso.datetime({ local: true }),
  DateTimeZone: z.iso.datetime({ offset: true }),
  Time: z.iso.time(),
};

/** Whether a value can be read as one of the type. Clients send numbers and truth as such or as texts. */
export function hasParameterType(value: ParameterValue, type: ParameterType): boolean {
  return TYPES[type].safeParse(value).success;
}
