import { open, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { AppConfig } from '../../config/env.js';
import type { ReleaseOffer } from '../../contract/release.js';
import { CatalogueService } from './catalogue.service.js';

/** A package on its way out. */
export interface PackageStream {
  readonly bytes: number;
  readonly stream: Readable;
}

/** Hands members what an update consists of. They check it all themselves: this side is not trusted with it. */
@Injectable()
export class PackagesService {
  private readonly log = new Logger(PackagesService.name);

  constructor(
    private readonly config: AppConfig,
    private readonly catalogue: CatalogueService,
  ) {}

  /** @throws DomainError RELEASE_NOT_FOUND */
  async offer(version: string): Promise<ReleaseOffer> {
    const { manifest, keyCertificate } = await this.catalogue.offered(version);
    return { manifest, keyCertificate, path: `agent/v1/releases/${version}/package` };
  }

  /** @throws DomainError RELEASE_NOT_FOUND, also when this replica's folder does not have the package */
  async open(version: string): Promise<PackageStream> {
    const { fileName, bytes } = await this.catalogue.offered(version);
    const { releasesDir } = this.config;
    if (releasesDir === undefined) throw this.missing(version, 'no releases folder is configured');
    let file: FileHandle | undefined;
    try {
      // The name comes from the database; a path in it would lead out of the folder.
      file = await open(join(releasesDir, basename(fileName)), 'r');
      const { size } = await file.stat();
      if (size !== bytes) throw this.missing(version, 'the file has another size');
      return { bytes, stream: file.createReadStream() };
    } catch (error) {
      await file?.close();
      throw error instanceof DomainError ? error : this.missing(version, String(error).slice(0, 200));
    }
  }

  private missing(version: string, reason: string): DomainError {
    this.log.error({ event: 'release.package-missing', version, reason });
    return new DomainError('RELEASE_NOT_FOUND', { version });
  }
}
