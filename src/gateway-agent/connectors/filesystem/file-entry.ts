import { extname } from 'node:path';
import type { FileEntry } from '../../../contract/table.js';
import type { FileFacts } from './file-facts.js';

/** Media types of what business folders hold; anything else is bytes. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.txt': 'text/plain',
  '.md': 'text/markdown',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.html': 'text/html',
  '.htm': 'text/html',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

export function mediaTypeOf(name: string): string {
  return MEDIA_TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
}

/** @param names the path below the root, by which the caller knows the entry */
export function fileEntry(names: readonly string[], stats: FileFacts): FileEntry {
  const name = names.at(-1) ?? '';
  const isFolder = stats.isDirectory();
  return {
    name,
    path: `/${names.join('/')}`,
    isFolder,
    size: isFolder ? 0 : stats.size,
    modifiedAt: stats.mtime.toISOString(),
    mediaType: isFolder ? '' : mediaTypeOf(name),
    etag: `"${stats.ino.toString(36)}-${Math.round(stats.mtimeMs * 1000).toString(36)}-${stats.size.toString(36)}"`,
  };
}
