import { once } from 'node:events';
import type { Connection, EventContext, Receiver, Sender } from 'rhea';
import rhea from 'rhea';

/** An AMQP client without the manners of the Azure library, for what that one never does. Plain TCP only. */
export class RawPeer {
  private requests = 0;

  private constructor(
    private readonly connection: Connection,
    private readonly cbs: { readonly sender: Sender; readonly receiver: Receiver },
  ) {}

  static async connect(port: number): Promise<RawPeer> {
    const options = { host: '127.0.0.1', port, username: 'anonymous', reconnect: false };
    const connection = rhea.create_container().connect(options);
    connection.on('disconnected', () => undefined);
    const receiver = connection.open_receiver({ source: { address: '$cbs' }, name: 'answers' });
    const sender = connection.open_sender({ target: { address: '$cbs' } });
    await once(sender, 'sendable');
    return new RawPeer(connection, { sender, receiver });
  }

  /** @returns the status code of the answer */
  async putToken(audience: string, token: string): Promise<number> {
    const { sender, receiver } = this.cbs;
    const answered = once(receiver, 'message') as Promise<[EventContext]>;
    sender.send({
      message_id: `request-${this.requests++}`,
      reply_to: 'answers',
      application_properties: { operation: 'put-token', type: 'servicebus.windows.net:sastoken', name: audience },
      body: token,
    });
    const [{ message }] = await answered;
    return message?.application_properties?.['status-code'] as number;
  }

  /** Grants credit and asks for the drain in one breath. @returns how many messages came before the answer */
  async drain(queue: string, credit: number): Promise<number> {
    const receiver = this.connection.open_receiver({
      source: { address: queue },
      name: `drain-${this.requests++}`,
      credit_window: 0,
      snd_settle_mode: 1,
      rcv_settle_mode: 0,
    });
    let received = 0;
    receiver.on('message', () => received++);
    await once(receiver, 'receiver_open');
    receiver.add_credit(credit);
    receiver.drain_credit();
    await once(receiver, 'receiver_drained', { signal: AbortSignal.timeout(3000) });
    receiver.close();
    return received;
  }

  close(): void {
    this.connection.close();
  }
}
