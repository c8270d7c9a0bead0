import { randomUUID } from 'node:crypto';
import type { Target } from '../../src/contract/targets.js';
import { sealCredential, type CredentialPair } from '../../src/contract/sealed-credential.js';
import type { Caller } from '../../src/common/auth/caller.js';
import { ConnectionCreationService } from '../../src/modules/connections/connection-creation.service.js';
import type { ConnectionRole, NewConnection } from '../../src/modules/connections/connections.types.js';
import { EnvironmentsService } from '../../src/modules/environments/environments.service.js';
import { RegistrationService } from '../../src/modules/gateways/registration.service.js';
import { PrincipalsService } from '../../src/modules/identity/principals.service.js';
import { TenantsService } from '../../src/modules/identity/tenants.service.js';
import { PREMIUM, type TestApp } from './app.js';
import { TestMember, testSealingKey } from './test-member.js';
import { somebody, type TestPrincipal } from './tokens.js';

/** Somebody who is known to the application and can sign in. */
export interface GivenCaller extends Caller {
  /** `Authorization` header. */
  readonly authorization: string;
}

export interface GivenGateway {
  readonly id: string;
  readonly memberId: string;
  readonly name: string;
  readonly region: string;
  /** Its first administrator. */
  readonly admin: GivenCaller;
  readonly member: TestMember;
}

export interface GivenConnection {
  readonly id: string;
  readonly gateway: GivenGateway;
  readonly owner: GivenCaller;
}

export const TEST_TARGET: Target = { kind: 'postgresql', server: 'db.site.example', port: 5432, database: 'sales' };
export const TEST_PAIRS: readonly CredentialPair[] = [
  { name: 'username', value: 'reader' },
  { name: 'password', value: 'correct horse' },
];

/** Makes what a test takes for granted, through the real services, so that it is as the application itself would have made it. */
export class Given {
  constructor(private readonly app: TestApp) {}

  /** A licensed user unless told otherwise. */
  async caller(changes: Partial<TestPrincipal> & { readonly isLicensed?: boolean } = {}): Promise<GivenCaller> {
    const { isLicensed = true, ...principalChanges } = changes;
    const principal = somebody({ name: `user-${randomUUID().slice(0, 8)}`, ...principalChanges });
    const { id, tenantId, type, name } = principal;
    if (isLicensed && type === 'User') this.app.graph.plans.set(`${tenantId}/${id}`, [PREMIUM]);
    const caller: Caller = {
      id,
      type,
      tenantId,
      upn: type === 'User' ? `${name}@test.example` : undefined,
      displayName: name,
      isTenantAdministrator: principal.isTenantAdministrator ?? false,
      scopes: [],
    };
    await this.app.app.get(TenantsService, { strict: false }).admit(tenantId);
    await this.app.app.get(PrincipalsService, { strict: false }).seen(caller);
    return { ...caller, authorization: `Bearer ${await this.app.directory.token(principal)}` };
  }

  /** A registered gateway with one member, online unless told otherwise. */
  async gateway(
    options: { admin?: GivenCaller; name?: string; region?: string; isOnline?: boolean } = {},
  ): Promise<GivenGateway> {
    const admin = options.admin ?? (await this.caller());
    const { name = `gateway-${randomUUID().slice(0, 8)}`, region = 'westeurope', isOnline = true } = options;
    const member = new TestMember(this.app.config.publicUrl);
    const { gatewayId, memberId } = await this.app.app
      .get(RegistrationService, { strict: false })
      .register({ tenantId: admin.tenantId, principal: admin }, member.registration({ name, region }));
    if (isOnline) await this.beat(memberId);
    return { id: gatewayId, memberId, name, region, admin, member };
  }

  /** Makes a member look as after a heartbeat `secondsAgo`. */
  async beat(memberId: string, secondsAgo = 0): Promise<void> {
    const at = new Date(Date.now() - secondsAgo * 1000);
    await this.app.database.query(
      'UPDATE member SET "lastHeartbeatAt" = $2, "connectedEpoch" = 1, receiving = true WHERE id = $1',
      [memberId, at],
    );
  }

  async environment(options: { tenantId: string; region?: string; displayName?: string }): Promise<{ id: string }> {
    const admin = await this.caller({ tenantId: options.tenantId, isTenantAdministrator: true });
    const { region = 'europe', displayName = `environment-${randomUUID().slice(0, 8)}` } = options;
    return this.app.app.get(EnvironmentsService, { strict: false }).create(admin, { displayName, region });
  }

  /** A connection of the gateway's administrator, with a credential sealed to the gateway. */
  async connection(
    options: Partial<NewConnection> & { gateway?: GivenGateway; owner?: GivenCaller } = {},
  ): Promise<GivenConnection> {
    const { gateway = await this.gateway(), owner = gateway.admin, ...changes } = options;
    const { id } = await this.app.app.get(ConnectionCreationService, { strict: false }).create(owner, {
      gatewayId: gateway.id,
      displayName: `connection-${randomUUID().slice(0, 8)}`,
      target: TEST_TARGET,
      credentialType: 'Basic',
      encryption: 'Any',
      privacyLevel: 'Organizational',
      values: [{ gatewayId: gateway.id, sealed: await sealedCredential() }],
      environmentIds: [],
      ...changes,
    });
    return { id, gateway, owner };
  }

  /** Somebody of the connection's tenant who holds a role there. */
  async userOf(connection: GivenConnection, role: ConnectionRole = 'User'): Promise<GivenCaller> {
    const user = await this.caller({ tenantId: connection.owner.tenantId });
    await this.app.database.query(
      `INSERT INTO connection_role ("connectionId", "principalId", "tenantId", "principalType", role)
       VALUES ($1, $2, $3, 'User', $4::connection_role_name)`,
      [connection.id, user.id, user.tenantId, role],
    );
    return user;
  }
}

/** A credential sealed to the test gateways' key; anew each time. */
export function sealedCredential(pairs: readonly CredentialPair[] = TEST_PAIRS): Promise<string> {
  return sealCredential(testSealingKey().publicKey, pairs);
}
