import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GraphStandIn } from '../../src/dev-stack/graph.js';
import { CONTROL_PLANE_CLIENT_ID, TENANTS, type SeedProduct } from '../../src/dev-stack/seed-data.js';
import type { AppConfig } from '../../src/config/env.js';
import { testConfig } from './app.js';
import { StandInFixture } from './stand-ins.js';
import { trustInThisProcess } from './trust-ca.js';

export const CONTOSO = TENANTS[0]!.id;
export const FABRIKAM = TENANTS[1]!.id;

/** The Graph stand-in with the provider that signs the control plane in there. */
export class GraphFixture {
  private constructor(
    private readonly standIns: StandInFixture,
    readonly graph: GraphStandIn,
    /** Leads the real adapter to the stand-in. */
    readonly config: AppConfig,
    private readonly distrust: () => void,
  ) {}

  static async start(): Promise<GraphFixture> {
    const standIns = await StandInFixture.start();
    const graph = new GraphStandIn({ identity: standIns.identity });
    await graph.start();
    const secretFile = join(standIns.folder, 'service-secret');
    await writeFile(secretFile, standIns.secrets.controlPlane, { mode: 0o600 });
    const config = testConfig('postgresql://nobody@127.0.0.1/none', {
      TIDEGATE_AUTHORITY: standIns.identity.authority,
      TIDEGATE_GRAPH_URL: graph.url,
      TIDEGATE_SERVICE_TENANT: CONTOSO,
      TIDEGATE_SERVICE_CLIENT_ID: CONTROL_PLANE_CLIENT_ID,
      TIDEGATE_SERVICE_CLIENT_SECRET_FILE: secretFile,
    });
    return new GraphFixture(standIns, graph, config, trustInThisProcess(standIns.ca.caPem));
  }

  /** A new user of Contoso. @returns the object id */
  user(products: readonly SeedProduct[] = []): string {
    const id = randomUUID();
    const name = `user-${id.slice(0, 8)}`;
    const userPrincipalName = `${name}@contoso.example`;
    this.graph.add({ kind: 'user', tenantId: CONTOSO, id, displayName: name, userPrincipalName });
    this.graph.setProducts(id, products);
    return id;
  }

  /** A new group of Contoso. @returns the object id */
  group(members: readonly string[]): string {
    const id = randomUUID();
    this.graph.add({ kind: 'group', tenantId: CONTOSO, id, displayName: `group-${id.slice(0, 8)}` });
    this.graph.setMembers(id, members);
    return id;
  }

  async stop(): Promise<void> {
    this.distrust();
    await this.graph.stop();
    await this.standIns.stop();
  }
}
