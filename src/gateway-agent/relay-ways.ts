import { z } from 'zod';
import { parseJson } from './member-record.js';
import { placesOf, type PortChoice, type RelayPlace, type Transport } from './network/relay-place.js';
import type { StateFolder } from './state-folder.js';

const FILE = 'transport.json';
const memorySchema = z.object({
  last: z.enum(['websockets', 'amqp']),
  port: z.int().min(1).max(65_535).optional(),
  /** The relay as the control plane named it last: `host` or `host:port`. For the commands that tell of the network. */
  relay: z.string().max(300).optional(),
});
type Memory = z.infer<typeof memorySchema>;

/** Which ways to the relay to try, and which one worked. */
export class RelayWays {
  private turn = 0;

  constructor(
    private readonly folder: StateFolder,
    private readonly ports: readonly PortChoice[],
    private readonly wanted: Transport | 'auto',
  ) {}

  /**
   * The ways for one attempt, in order. Where nothing ever worked, all of them. Else the one that worked last and one of the
   * others in turn: an attempt must not last through eight ports behind a firewall that drops packets.
   *
   * @param host of the relay: `host` or `host:port`
   */
  async next(host: string): Promise<readonly RelayPlace[]> {
    const places = placesOf(host, this.ports, this.wanted);
    const memory = await readMemory(this.folder);
    const known = memory && places.find((place) => fits(place, memory));
    if (!known) return places;
    const others = places.filter((place) => place !== known);
    const other = others[this.turn % Math.max(1, others.length)];
    this.turn += 1;
    return other ? [known, other] : [known];
  }

  /** @param relay as `next` was given it */
  async worked({ transport, port }: RelayPlace, relay: string): Promise<void> {
    this.turn = 0;
    if (transport === 'emulator') return;
    const text = JSON.stringify({ last: transport, port, relay } satisfies Memory);
    const before = await this.folder.read(FILE);
    if (before?.toString('utf8') !== text) await this.folder.write(FILE, text);
  }
}

/** The relay that was connected to last, as `host` or `host:port`. */
export async function readRelayHost(folder: StateFolder): Promise<string | undefined> {
  return (await readMemory(folder))?.relay;
}

async function readMemory(folder: StateFolder): Promise<Memory | undefined> {
  const bytes = await folder.read(FILE);
  const parsed = memorySchema.safeParse(bytes ? parseJson(bytes) : undefined);
  return parsed.success ? parsed.data : undefined;
}

/** A memory of before ports were remembered holds for the first port of its transport. */
function fits(place: RelayPlace, { last, port }: Memory): boolean {
  return place.transport === last && (port === undefined || place.port === port);
}
