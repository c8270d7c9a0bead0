import { z } from 'zod';

const text = z.string();
const flag = text.regex(/^(true|false|)$/i);

/** Queries of the File System connector's routes. Templates leave options that they do not use empty. */
export const pathQuerySchema = z.object({ path: text, inferContentType: flag.optional() });
export const listQuerySchema = z.object({ path: text.optional() });
export const pageQuerySchema = z.object({ path: text.optional(), nextPageMarker: text.max(1024).optional() });
export const createQuerySchema = z.object({ folderPath: text.optional(), name: text });
export const contentQuerySchema = z.object({ inferContentType: flag.optional() });
export const copyQuerySchema = z.object({ source: text, destination: text, overwrite: flag.optional() });

const watched = {
  /** The folder's id, or its path. */
  folderId: text.min(1).max(6000),
  /** From the `Location` of the answer before. */
  triggerState: text
    .regex(/^[\w-]*$/)
    .max(8192)
    .optional(),
};
export const fileTriggerQuerySchema = z.object({
  ...watched,
  includeFileContent: flag.optional(),
  inferContentType: flag.optional(),
});
export const batchTriggerQuerySchema = z.object({
  ...watched,
  maxFileCount: text.regex(/^(100|[1-9]\d?|)$/).optional(),
});

/** What a flag says; `otherwise` when it is left out. */
export function isSet(flagText: string | undefined, otherwise: boolean): boolean {
  return flagText === undefined || flagText === '' ? otherwise : flagText.toLowerCase() === 'true';
}
