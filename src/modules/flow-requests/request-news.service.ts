import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';

/** Whoever looks at requests sees new ones after this at the latest; a tenant's thousands a second are told once. */
const EVERY_MS = 1_000;

/** Tells that a tenant has new requests in the log, at most once a second. */
@Injectable()
export class RequestNewsService implements OnApplicationShutdown {
  private readonly log = new Logger(RequestNewsService.name);
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly prisma: PrismaService,
    private readonly changes: Changes,
  ) {}

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  written(tenantIds: readonly string[]): void {
    for (const tenantId of tenantIds) this.waiting.add(tenantId);
    this.timer ??= setTimeout(() => void this.tell(), EVERY_MS).unref();
  }

  private async tell(): Promise<void> {
    this.timer = undefined;
    const tenantIds = [...this.waiting];
    this.waiting.clear();
    try {
      await this.changes.publishToTenants(this.prisma, 'request', tenantIds);
    } catch (error) {
      // Nothing is lost but liveliness: the next requests are told of again.
      this.log.debug({ event: 'request-news.failed', reason: String(error).slice(0, 300) });
    }
  }
}
