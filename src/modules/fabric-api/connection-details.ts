import { z } from 'zod';
import { PARAMETER_TYPES } from '../connections/source-kinds.types.js';

const parameterSchema = z.strictObject({
  dataType: z.enum(PARAMETER_TYPES).optional(),
  name: z.string().min(1).max(128),
  value: z.union([z.string().max(4096), z.number(), z.boolean()]),
});

/** How Fabric's clients say where a connection leads. */
export const connectionDetailsSchema = z.strictObject({
  type: z.string().min(1).max(128),
  creationMethod: z.string().min(1).max(128),
  parameters: z.array(parameterSchema).max(20),
});
