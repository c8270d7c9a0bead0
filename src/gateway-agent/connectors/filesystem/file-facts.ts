/** What is asked of a file, wherever it lies; the file system's own `Stats` have it all. */
export interface FileFacts {
  /** Bytes. */
  readonly size: number;
  readonly mtime: Date;
  readonly mtimeMs: number;
  /** 0 where nobody knows when a file was made. */
  readonly birthtimeMs: number;
  /** 0 where files have no numbers. */
  readonly ino: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** A file or folder as it was found, links resolved. */
export interface Found {
  readonly name: string;
  readonly facts: FileFacts;
}

/** A folder that can be listed, wherever it lies. */
export interface FolderView {
  /** The names that lead to it from the root. */
  readonly names: readonly string[];
  /** The names in it that a path could ask for, in no order. */
  entries(): AsyncIterable<string>;
  /**
   * Looks at entries, in the order of the names. Left out: links that lead outside or nowhere, sockets and devices, and what
   * is gone since.
   *
   * @throws SourceError REQUEST_CANCELLED
   */
  look(names: readonly string[], signal: AbortSignal): Promise<readonly Found[]>;
}
