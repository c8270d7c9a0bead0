import { z } from 'zod';
import type { Transport } from './bus-link.js';
import { parseJson } from './member-record.js';
import type { StateFolder } from './state-folder.js';

const FILE = 'transport.json';
const memorySchema = z.object({ last: z.enum(['websockets', 'amqp']) });

/** The transports to try, in order: the one that worked last, then 443, then 5671. */
export async function preferredTransports(
  folder: StateFolder,
  wanted: Transport | 'auto',
): Promise<readonly Transport[]> {
  if (wanted !== 'auto') return [wanted];
  const bytes = await folder.read(FILE);
  const memory = memorySchema.safeParse(bytes ? parseJson(bytes) : undefined);
  return memory.success && memory.data.last === 'amqp' ? ['amqp', 'websockets'] : ['websockets', 'amqp'];
}

export async function rememberTransport(folder: StateFolder, transport: Transport): Promise<void> {
  if (transport === 'emulator') return;
  const text = JSON.stringify({ last: transport });
  const before = await folder.read(FILE);
  if (before?.toString('utf8') !== text) await folder.write(FILE, text);
}
