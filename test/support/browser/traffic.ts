import type { BrowserContext, Page, Request } from 'playwright-core';
import { encodingsOf } from './encodings.js';
import type { Wire } from './wire.js';

/** Something that left the browser, as bytes read as Latin-1. */
interface Sent {
  readonly what: string;
  readonly text: string;
}

/** Everything that a person's pages send, of pop-ups too: as the browser tells it, and as it went over the wire. */
export class Traffic {
  private readonly told: Sent[] = [];
  private readonly origins = new Set<string>();

  constructor(
    context: BrowserContext,
    private readonly wire: Wire,
  ) {
    context.on('request', (request) => this.keep(request));
    context.on('page', (page) => this.follow(page));
  }

  /** @returns where it went, data and blobs within the page aside */
  get destinations(): readonly string[] {
    return [...this.origins].filter((origin) => /^(https?|wss?):/.test(origin)).sort();
  }

  /** How many requests were seen. */
  get count(): number {
    return this.told.length;
  }

  /** Whether these bytes were sent, whatever stands before and after them. */
  hasSent(text: string): boolean {
    const bytes = Buffer.from(text).toString('latin1');
    return this.wire.sent.some((sent) => sent.includes(bytes));
  }

  /** @returns where a secret stands, and how it is written there */
  findingsOf(secret: string): string[] {
    const encodings = encodingsOf(secret);
    const raw = this.wire.sent.map((text) => ({ what: 'the wire', text }));
    return [...this.told, ...raw].flatMap(({ what, text }) =>
      encodings.filter((one) => text.includes(one.text)).map(({ encoding }) => `${encoding} in ${what}`),
    );
  }

  private keep(request: Request): void {
    const url = request.url();
    this.origins.add(new URL(url).origin === 'null' ? url : new URL(url).origin);
    this.told.push({ what: `the address of ${request.method()} ${new URL(url).pathname}`, text: url });
  }

  private follow(page: Page): void {
    page.on('websocket', (socket) => {
      this.origins.add(new URL(socket.url()).origin);
      this.told.push({ what: 'the address of a web socket', text: socket.url() });
      // On the wire they are masked.
      socket.on('framesent', ({ payload }) => {
        this.told.push({ what: 'a frame of a web socket', text: Buffer.from(payload).toString('latin1') });
      });
    });
  }
}
