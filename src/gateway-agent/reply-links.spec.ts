import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ReplyLinks, type MessageSender, type OutgoingMessage } from './reply-links.js';

/** As the relay's client does it: an array is made a batch first, which takes some steps more than a single message. */
class Sender implements MessageSender {
  readonly sent: string[] = [];

  async sendMessages(messages: OutgoingMessage | OutgoingMessage[]): Promise<void> {
    if (Array.isArray(messages)) for (let step = 0; step < 5; step += 1) await Promise.resolve();
    this.sent.push(...[messages].flat().map(({ correlationId }) => correlationId));
    await turn();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const message = (correlationId: string, bytes: number): OutgoingMessage => ({
  body: Buffer.alloc(bytes),
  correlationId,
  timeToLive: 1_000,
});

describe('links to replicas', () => {
  it('keep the order of small and large answers that are sent in one turn', async () => {
    const sender = new Sender();
    const links = new ReplyLinks(() => sender);
    await links.send('rp/a', message('first', 1));
    const wanted = Array.from({ length: 60 }, (_, index) => `${index}`);
    // Every third fills a message by itself; the ones between share one.
    await Promise.all(
      wanted.map((id, index) => links.send('rp/a', message(id, index % 3 === 2 ? 192 * 1024 : 9 * 1024))),
    );
    expect(sender.sent).toEqual(['first', ...wanted]);
    await links.close();
  });
});
