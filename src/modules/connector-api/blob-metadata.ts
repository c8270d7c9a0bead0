import { z } from 'zod';
import type { FileEntry } from '../../contract/table.js';
import { fileId } from './file-id.js';

/** A file or folder as the File System connector describes it. */
export const blobMetadataSchema = z
  .object({
    Id: z.string(),
    Name: z.string(),
    DisplayName: z.string(),
    Path: z.string(),
    LastModified: z.iso.datetime(),
    Size: z.int(),
    MediaType: z.string(),
    IsFolder: z.boolean(),
    ETag: z.string(),
    FileLocator: z.string(),
  })
  .meta({ id: 'BlobMetadata' });
export type BlobMetadata = z.infer<typeof blobMetadataSchema>;

/** A piece of a folder. Both of the latter are there when more follows: the address of the next piece, and its mark. */
export const blobMetadataPageSchema = z
  .object({
    value: z.array(blobMetadataSchema),
    nextLink: z.string().optional(),
    nextPageMarker: z.string().optional(),
  })
  .meta({ id: 'BlobMetadataPage' });
export type BlobMetadataPage = z.infer<typeof blobMetadataPageSchema>;

export function blobMetadata(entry: FileEntry): BlobMetadata {
  const id = fileId(entry.path);
  return {
    Id: id,
    Name: entry.name,
    DisplayName: entry.name,
    Path: entry.path,
    LastModified: entry.modifiedAt,
    Size: entry.size,
    MediaType: entry.mediaType,
    IsFolder: entry.isFolder,
    ETag: entry.etag,
    FileLocator: id,
  };
}

const PLAIN = /^[\x20-\x7e]+$/;

/**
 * What stands beside a file's content where there is no room in the body. Names that are not ASCII fit into no header, so
 * that every name comes in base64 as well.
 */
export function blobHeaders(entry: FileEntry): Record<string, string> {
  const texts = { name: entry.name, path: entry.path };
  const headers: [string, string][] = Object.entries(texts).flatMap(([what, text]): [string, string][] => {
    const encoded: [string, string] = [`x-ms-file-${what}-encoded`, Buffer.from(text, 'utf8').toString('base64')];
    return PLAIN.test(text) ? [[`x-ms-file-${what}`, text], encoded] : [encoded];
  });
  return {
    'x-ms-file-id': fileId(entry.path),
    'x-ms-file-last-modified': entry.modifiedAt,
    'x-ms-file-etag': entry.etag,
    ...Object.fromEntries(headers),
  };
}
