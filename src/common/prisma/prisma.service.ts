import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { AppConfig } from '../../config/env.js';
import { PrismaClient } from '../../generated/prisma/client.js';

/** Connections a replica keeps to its database: two replicas and their LISTEN links stay far below PostgreSQL's 100. */
const POOL_SIZE = 16;

/** How long a query waits for a free connection, and a connection for its server, before it counts as a failure. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Changes of one tenant wait for each other at their end, so many at once need more than the client's own two and five
 * seconds; a caller still hears of a failure before a proxy gives up. In milliseconds.
 */
const TRANSACTION_LIMITS = { maxWait: 8_000, timeout: 15_000 } as const;

/** The control plane's database. Queries of tenant tables always name the tenant. */
@Injectable()
export class PrismaService extends PrismaClient implements OnApplicationShutdown {
  constructor(config: AppConfig) {
    super({
      adapter: new PrismaPg({
        connectionString: config.databaseUrl,
        max: POOL_SIZE,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        application_name: 'tidegate-control-plane',
      }),
      errorFormat: 'minimal',
      transactionOptions: TRANSACTION_LIMITS,
    });
  }

  /** Not earlier: requests under way are still served while modules are destroyed. */
  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
  }
}
