export function agentFiles(options: {
  root: string;
  dist: string;
  version: string;
  node?: string | undefined;
}): Promise<Map<string, Uint8Array>>;
export function packFiles(files: ReadonlyMap<string, Uint8Array>): Buffer;
export function hasAgent(dist: string): boolean;
