import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { NewestVersionService } from '../gateways/newest-version.service.js';
import { ReleaseTimings } from './release-timings.js';
import type { ReleaseView } from './releases.types.js';
import { compareVersions, isVersion, supportWindow, type SupportWindow } from './versions.policy.js';

/** Ten years of monthly releases. */
const MAX_RELEASES = 120;

const RELEASE = {
  version: true,
  publishedAt: true,
  notes: true,
  manifest: true,
  keyCertificate: true,
  fileName: true,
  bytes: true,
} satisfies Prisma.ReleaseSelect;
type ReleaseRow = Prisma.ReleaseGetPayload<{ select: typeof RELEASE }>;

/** A release with everything that a member needs to check and load it. */
export interface OfferedRelease {
  readonly version: string;
  readonly manifest: string;
  readonly keyCertificate: string;
  /** Below the folder of releases. */
  readonly fileName: string;
  readonly bytes: number;
}

/** The releases that the operator published. The same for all tenants. */
@Injectable()
export class CatalogueService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(CatalogueService.name);
  private readAt = 0;
  private reading: Promise<readonly ReleaseRow[]> | undefined;
  private rows: readonly ReleaseRow[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly prisma: PrismaService,
    private readonly newest: NewestVersionService,
    private readonly timings: ReleaseTimings,
    private readonly changes: Changes,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.releases();
    this.changes.on('release', () => void this.refresh());
    this.timer = setInterval(() => void this.refresh(), this.timings.catalogueMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.reading?.catch(() => undefined);
  }

  /** The newest first. */
  async list(): Promise<ReleaseView[]> {
    const rows = await this.releases();
    const { oldest } = supportWindow(rows);
    return rows.map(({ version, publishedAt, notes, manifest, bytes }) => ({
      version,
      publishedAt,
      notes,
      isSupported: oldest === undefined || compareVersions(version, oldest) >= 0,
      isOffered: manifest !== null,
      bytes: bytes ?? undefined,
    }));
  }

  async window(): Promise<SupportWindow> {
    return supportWindow(await this.releases());
  }

  /** @throws DomainError RELEASE_NOT_FOUND, also for a version that is known and not offered */
  async offered(version: string): Promise<OfferedRelease> {
    const row = (await this.releases()).find((one) => one.version === version);
    const { manifest = null, keyCertificate = null, fileName = null, bytes = null } = row ?? {};
    if (manifest === null || keyCertificate === null || fileName === null || bytes === null) {
      throw new DomainError('RELEASE_NOT_FOUND', { version: version.slice(0, 64) });
    }
    return { version, manifest, keyCertificate, fileName, bytes };
  }

  private async releases(): Promise<readonly ReleaseRow[]> {
    if (this.readAt > Date.now() - this.timings.catalogueMs) return this.rows;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async read(): Promise<readonly ReleaseRow[]> {
    const rows = await this.prisma.release.findMany({
      orderBy: [{ publishedAt: 'desc' }, { version: 'desc' }],
      take: MAX_RELEASES,
      select: RELEASE,
    });
    this.rows = rows.filter(({ version }) => isVersion(version));
    this.readAt = Date.now();
    this.newest.announce(supportWindow(this.rows).newest);
    return this.rows;
  }

  private async refresh(): Promise<void> {
    try {
      // One under way may have begun before the change.
      await this.reading?.catch(() => undefined);
      this.readAt = 0;
      await this.releases();
    } catch (error) {
      this.log.warn({ event: 'releases.not-read', reason: String(error).slice(0, 300) });
    }
  }
}
