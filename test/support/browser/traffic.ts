import type { BrowserContext, Page, Request } from 'playwright-core';
import { encodingsOf } from './encodings.js';

/** Something that left the browser, as bytes read as Latin-1. */
interface Sent {
  readonly what: string;
  readonly text: string;
}

/** Everything that a person's pages send: addresses, headers, bodies and frames, of pop-ups too. */
export class Traffic {
  private readonly sent: Sent[] = [];
  private readonly pending: Promise<void>[] = [];
  private readonly origins = new Set<string>();

  constructor(context: BrowserContext) {
    context.on('request', (request) => this.pending.push(this.keep(request)));
    context.on('page', (page) => this.follow(page));
  }

  /** @returns where it went, data and blobs within the page aside */
  get destinations(): readonly string[] {
    return [...this.origins].filter((origin) => /^(https?|wss?):/.test(origin)).sort();
  }

  /** How many messages were seen. */
  get count(): number {
    return this.sent.length;
  }

  /** @returns where a secret stands, and how it is written there */
  async findingsOf(secret: string): Promise<string[]> {
    await Promise.all(this.pending);
    const encodings = encodingsOf(secret);
    return this.sent.flatMap(({ what, text }) =>
      encodings.filter((one) => text.includes(one.text)).map(({ encoding }) => `${encoding} in ${what}`),
    );
  }

  private async keep(request: Request): Promise<void> {
    const url = request.url();
    this.origins.add(new URL(url).origin === 'null' ? url : new URL(url).origin);
    const path = `${request.method()} ${new URL(url).pathname}`;
    this.sent.push({ what: `the address of ${path}`, text: url });
    const body = request.postDataBuffer();
    if (body) this.sent.push({ what: `the body of ${path}`, text: body.toString('latin1') });
    for (const [name, value] of Object.entries(await request.allHeaders())) {
      this.sent.push({ what: `the header ${name} of ${path}`, text: value });
    }
  }

  private follow(page: Page): void {
    page.on('websocket', (socket) => {
      this.origins.add(new URL(socket.url()).origin);
      this.sent.push({ what: 'the address of a web socket', text: socket.url() });
      socket.on('framesent', ({ payload }) => {
        this.sent.push({ what: 'a frame of a web socket', text: Buffer.from(payload).toString('latin1') });
      });
    });
  }
}
