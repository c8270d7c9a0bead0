import { Injectable, Logger } from '@nestjs/common';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';

/** Which connection was tested. */
export interface TestedConnection {
  readonly tenantId: string;
  readonly connectionId: string;
}

/** Keeps what the last test of a connection said. */
@Injectable()
export class ConnectionTestResultsService {
  private readonly log = new Logger(ConnectionTestResultsService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly changes: Changes,
  ) {}

  /**
   * Never fails: the test's own answer counts, not the note of it.
   *
   * @param failure code of the catalogue; null when the source answered
   */
  async note({ tenantId, connectionId }: TestedConnection, failure: string | null): Promise<void> {
    try {
      await this.prisma.$transaction(async (tx) => {
        const data = { testedAt: new Date(), testFailure: failure };
        const { count } = await tx.connection.updateMany({ where: { id: connectionId, tenantId }, data });
        if (count > 0) await this.changes.publish(tx, 'test', connectionId, tenantId);
      });
    } catch (error) {
      this.log.warn({ event: 'connection-test.not-noted', connectionId, reason: String(error).slice(0, 300) });
    }
  }
}
