export function packageFolders(root: string, files: readonly string[]): string[];
export function agentFiles(options: { root: string; dist: string; version: string }): Map<string, Buffer>;
export function packFiles(files: ReadonlyMap<string, Uint8Array>): Buffer;
export function hasAgent(dist: string): boolean;
