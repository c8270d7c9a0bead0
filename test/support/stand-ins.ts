import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevelopmentCa, type DevelopmentCa, type ServerCertificate } from '../../src/dev-stack/certificates.js';
import { loadSecrets, type DevelopmentSecrets } from '../../src/dev-stack/development-secrets.js';
import { developmentDirectory } from '../../src/dev-stack/identity/development-directory.js';
import { IdentityProvider } from '../../src/dev-stack/identity/identity-provider.js';
import { AUDIENCE, PUBLIC_CLIENT_ID } from '../../src/dev-stack/seed-data.js';

/** A folder of its own, with an authority, passwords and a running identity provider: what every other stand-in needs. */
export class StandInFixture {
  private constructor(
    readonly folder: string,
    readonly ca: DevelopmentCa,
    readonly certificate: ServerCertificate,
    readonly secrets: DevelopmentSecrets,
    readonly identity: IdentityProvider,
  ) {}

  static async start(): Promise<StandInFixture> {
    const folder = await mkdtemp(join(tmpdir(), 'tidegate-test-'));
    const ca = await createDevelopmentCa();
    const certificate = await ca.issue();
    const secrets = await loadSecrets(folder);
    const identity = new IdentityProvider({
      folder: join(folder, 'identity'),
      certificate,
      tenants: developmentDirectory(secrets),
      audience: AUDIENCE,
      clientId: PUBLIC_CLIENT_ID,
    });
    await identity.start();
    return new StandInFixture(folder, ca, certificate, secrets, identity);
  }

  async stop(): Promise<void> {
    await this.identity.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
