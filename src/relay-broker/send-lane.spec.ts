import { describe, expect, it } from 'vitest';
import { LaneFullError, SendLane } from './send-lane.js';

type Sender = ConstructorParameters<typeof SendLane>[0];
type Sent = readonly { readonly body: Buffer }[];

/** A sender that keeps what it is given, and sends when the test lets it. */
function recorder(options: { fails?: boolean; holds?: Promise<void> } = {}): { sender: Sender; sent: Sent[] } {
  const sent: Sent[] = [];
  const sender = {
    createMessageBatch: async () => {
      const messages: { body: Buffer }[] = [];
      return {
        messages,
        get count() {
          return messages.length;
        },
        tryAddMessage: (message: { body: Buffer }) => messages.push(message) > 0,
      };
    },
    sendMessages: async (given: { messages?: Sent; body?: Buffer }) => {
      await options.holds;
      if (options.fails) throw new Error('no');
      sent.push(given.messages ?? [given as { body: Buffer }]);
    },
    close: async () => undefined,
  };
  return { sender: sender as unknown as Sender, sent };
}

const message = (bytes: number) => ({ message: { body: Buffer.alloc(bytes) }, onFailed: () => undefined });
const turns = async (count = 20): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('a lane to one queue', () => {
  it('sends what one turn gave it as one batch', async () => {
    const { sender, sent } = recorder();
    const lane = new SendLane(sender);
    for (let index = 0; index < 10; index += 1) lane.send(message(100));
    await turns();
    expect(sent.map((group) => group.length)).toEqual([10]);
    expect(lane.isIdle).toBe(true);
  });

  it('keeps order and never makes a batch larger than a message may be', async () => {
    const { sender, sent } = recorder();
    const lane = new SendLane(sender);
    const sizes = [10, 196_608, 20, 100_000, 100_000, 100_000, 5];
    for (const bytes of sizes) lane.send(message(bytes));
    await turns();
    expect(sent.flat().map(({ body }) => body.length)).toEqual(sizes);
    for (const group of sent) expect(group.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThan(210_000);
  });

  it('sends nothing past a group that still opens the link', async () => {
    let open = (): void => undefined;
    const { sender, sent } = recorder({ holds: new Promise((resolve) => (open = resolve)) });
    const lane = new SendLane(sender);
    lane.send(message(1));
    await turns();
    lane.send(message(2));
    await turns();
    expect(sent).toEqual([]);
    open();
    await turns();
    expect(sent.flat().map(({ body }) => body.length)).toEqual([1, 2]);
  });

  it('tells everybody whose message failed, and those it has no room for', async () => {
    const failures: unknown[] = [];
    const lane = new SendLane(recorder({ fails: true }).sender);
    for (let index = 0; index < 5_002; index += 1) {
      lane.send({ message: { body: Buffer.alloc(1) }, onFailed: (error) => failures.push(error) });
    }
    expect(failures).toHaveLength(2);
    expect(failures[0]).toBeInstanceOf(LaneFullError);
    await turns(200);
    expect(failures).toHaveLength(5_002);
  });
});
