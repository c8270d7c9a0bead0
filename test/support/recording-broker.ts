import type { ReplyTrailer } from '../../src/contract/replies.js';
import {
  RelayBroker,
  type Dispatch,
  type GatewayLink,
  type RefusedReply,
  type RelayReply,
} from '../../src/relay-broker/relay-broker.js';

/** What a member would answer. */
export interface Scripted {
  readonly head?: RelayReply['head'];
  readonly chunks?: readonly Uint8Array[];
  readonly trailer?: ReplyTrailer;
  /** Never ends after the chunks: a member that died in the middle. */
  readonly hangs?: boolean;
}

type Script = (dispatch: Dispatch) => Promise<Scripted> | Scripted;

/** A relay that keeps what it was given and answers as the test says. */
export class RecordingBroker extends RelayBroker {
  readonly sent: Dispatch[] = [];
  /** Epochs that requests under way were taken over to. */
  readonly followed: { readonly requestId: string; readonly link: GatewayLink }[] = [];
  readonly probed: { readonly epoch: number; readonly memberIds: readonly string[] }[] = [];
  alive: ReadonlySet<string> = new Set();
  script: Script = () => ({ chunks: [Buffer.from('[]')] });

  /** A member that never says a word. */
  static silent(): Script {
    return ({ signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  }

  async dispatch(dispatch: Dispatch): Promise<RelayReply> {
    this.sent.push(dispatch);
    const { head = { status: 'ok' }, chunks = [], trailer = {}, hangs = false } = await this.script(dispatch);
    const broken = new Promise<never>((_resolve, reject) => {
      dispatch.signal.addEventListener('abort', () => reject(dispatch.signal.reason as Error));
    });
    broken.catch(() => undefined);
    async function* body(): AsyncGenerator<Uint8Array> {
      yield* chunks;
      if (hangs) await broken;
    }
    const memberId = dispatch.memberId ?? [...dispatch.link.replyKeys.keys()][0] ?? '';
    return {
      memberId,
      attempt: dispatch.envelope.attempt,
      head,
      body: body(),
      trailer: hangs ? broken : Promise.resolve(trailer),
    };
  }

  follow(requestId: string, link: GatewayLink): void {
    this.followed.push({ requestId, link });
  }

  async notify(): Promise<void> {
    // Nobody listens.
  }

  async probe({ epoch }: GatewayLink, memberIds: readonly string[]): Promise<ReadonlySet<string>> {
    this.probed.push({ epoch, memberIds });
    return new Set(memberIds.filter((id) => this.alive.has(id)));
  }

  /** An answer comes that nobody may take. */
  refuse(reply: RefusedReply): void {
    this.refused(reply);
  }

  isReady(): boolean {
    return true;
  }

  lostSince(): Date | undefined {
    return undefined;
  }
}
