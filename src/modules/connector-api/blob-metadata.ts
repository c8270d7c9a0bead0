import type { FileEntry } from '../../contract/table.js';
import { fileId } from './file-id.js';

/** A file or folder as the File System connector describes it. */
export interface BlobMetadata {
  readonly Id: string;
  readonly Name: string;
  readonly DisplayName: string;
  readonly Path: string;
  readonly LastModified: string;
  readonly Size: number;
  readonly MediaType: string;
  readonly IsFolder: boolean;
  readonly ETag: string;
  readonly FileLocator: string;
}

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
