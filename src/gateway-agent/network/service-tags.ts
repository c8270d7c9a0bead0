import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { z } from 'zod';
import { CommandError, systemErrorCode } from '../exit-codes.js';
import { parseJson } from '../member-record.js';

/** Microsoft's list of its services' addresses (file ServiceTags_Public_….json); the parts that matter here. */
const fileSchema = z.object({
  values: z.array(
    z.object({
      name: z.string(),
      properties: z.object({ region: z.string(), addressPrefixes: z.array(z.string()) }),
    }),
  ),
});

/** The public list has about 4 MB. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const SERVICE = 'ServiceBus.';

export interface ServiceTag {
  /** Such as `ServiceBus.WestEurope`. */
  readonly name: string;
  /** Blocks of addresses, as `20.38.0.0/24`. */
  readonly prefixes: readonly string[];
}

/**
 * The addresses of Service Bus in one region, from the list that the operator downloaded.
 *
 * @param region a gateway region's key, such as `westeurope`
 * @throws CommandError usage when the file is no such list or does not know the region
 */
export async function readServiceTag(path: string, region: string): Promise<ServiceTag> {
  const parsed = fileSchema.safeParse(parseJson(await readBytes(path)));
  if (!parsed.success) throw wrong(path, 'is no list of service tags', 'Download “Azure IP Ranges and Service Tags – Public Cloud”.'); // prettier-ignore
  const tags = parsed.data.values.filter(({ name }) => name.startsWith(SERVICE));
  const wanted = region.toLowerCase();
  const tag = tags.find(({ name, properties }) => [name.slice(SERVICE.length), properties.region].some((key) => key.toLowerCase() === wanted)); // prettier-ignore
  if (!tag) {
    const known = tags.map(({ name }) => name.slice(SERVICE.length)).sort((a, b) => (a < b ? -1 : 1));
    throw wrong(path, `knows no Service Bus in ${JSON.stringify(region)}`, `It knows: ${known.join(', ')}. Name one of them with --region.`); // prettier-ignore
  }
  return { name: tag.name, prefixes: tag.properties.addressPrefixes.filter(isPrefix) };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const bytes = await readFile(path);
    if (bytes.length <= MAX_FILE_BYTES) return bytes;
  } catch (cause) {
    throw wrong(path, `cannot be read (${systemErrorCode(cause) ?? 'unknown'})`, 'Check its path and rights.', cause);
  }
  throw wrong(path, 'is too long', 'Give the list as Microsoft publishes it.');
}

/** What goes into a firewall is looked at first. */
function isPrefix(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  return family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(length ?? '') && Number(length) <= (family === 6 ? 128 : 32); // prettier-ignore
}

function wrong(path: string, what: string, remedy: string, cause?: unknown): CommandError {
  return new CommandError('usage', `The file ${path} ${what}.`, remedy, cause === undefined ? {} : { cause });
}
