import { readFile } from 'node:fs/promises';
import { Agent } from 'undici';

/** Connections to servers whose certificates the stack's own authority signed. */
export async function trusting(caFile: string): Promise<Agent> {
  return new Agent({ connect: { ca: await readFile(caFile, 'utf8') } });
}
