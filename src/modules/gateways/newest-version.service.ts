import { Injectable } from '@nestjs/common';
import { PRODUCT_VERSION } from '../../contract/version.js';

/**
 * The newest version that members are told about. The catalogue of releases knows it and stands above this module, so it
 * says so here; until then it is the version of this control plane.
 */
@Injectable()
export class NewestVersionService {
  private version = PRODUCT_VERSION;

  /** Asked with every heartbeat: must not cost anything. */
  current(): string {
    return this.version;
  }

  announce(version: string | undefined): void {
    this.version = version ?? PRODUCT_VERSION;
  }
}
