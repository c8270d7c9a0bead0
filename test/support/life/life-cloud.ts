import { randomUUID } from 'node:crypto';
import { Changes } from '../../../src/common/prisma/changes.js';
import { PrismaService } from '../../../src/common/prisma/prisma.service.js';
import type { Envelope } from '../../../src/contract/envelope.js';
import type { SealingPublicKey } from '../../../src/contract/registration.js';
import { targetSchema, credentialTypeSchema, connectionEncryptionSchema } from '../../../src/contract/targets.js';
import { StoredCredentialsService } from '../../../src/modules/connections/stored-credentials.service.js';
import { RotationSweep } from '../../../src/modules/rotations/rotation-sweep.service.js';
import type { TestApp } from '../app.js';
import { Given, type GivenCaller } from '../given.js';

/** What came back from the control plane. */
export interface Answer {
  readonly status: number;
  /** Of a refusal; empty for a success. */
  readonly code: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A rotation as the database has it. */
export interface RotationFact {
  readonly id: string;
  readonly state: string;
  readonly hasGrace: boolean;
  readonly oldKeyId: string;
  readonly newKeyId: string | null;
  readonly leaderId: string | null;
  /** Members that a package was made for. */
  readonly given: readonly string[];
}

/** The gateway's public key as a client fetched it. */
export interface FetchedKey {
  readonly keyId: string;
  readonly publicKey: SealingPublicKey;
}

/** The control plane, as administrators and members call it, and what it wrote down. */
export class LifeCloud {
  readonly given: Given;
  private readonly prisma: PrismaService;
  private readonly sealed: StoredCredentialsService;
  private readonly waiting = new Map<string, () => void>();

  constructor(private readonly test: TestApp) {
    this.given = new Given(test);
    this.prisma = test.app.get(PrismaService, { strict: false });
    this.sealed = test.app.get(StoredCredentialsService, { strict: false });
    // A topic that nothing is remembered under in these tests.
    test.app.get(Changes, { strict: false }).on('licence', (id) => this.waiting.get(id)?.());
  }

  get url(): string {
    return this.test.url;
  }

  async call(authorization: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(new URL(path, this.url), {
      method,
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const read = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> & {
      errorCode?: string;
      code?: string;
    };
    const code = answer.ok ? '' : (read.errorCode ?? read.code ?? `${answer.status}`);
    return { status: answer.status, code, body: read };
  }

  /** The same, for what must go well. */
  async done(by: GivenCaller, method: string, path: string, body?: unknown): Promise<Answer['body']> {
    const answer = await this.call(by.authorization, method, path, body);
    if (answer.code === '') return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  async joinToken(by: GivenCaller, wanted: object): Promise<string> {
    return String((await this.done(by, 'POST', '/v1/joinTokens', wanted)).token);
  }

  async fetchKey(by: GivenCaller, gatewayId: string): Promise<FetchedKey> {
    const { keyId, publicKey } = await this.done(by, 'GET', `/v1/gateways/${gatewayId}`);
    return { keyId: String(keyId), publicKey: publicKey as SealingPublicKey };
  }

  /** Waits until the control plane has heard of every change that was made so far. */
  async heard(): Promise<void> {
    const id = randomUUID();
    const delivered = new Promise<void>((resolve) => this.waiting.set(id, resolve));
    await this.prisma.$executeRaw`SELECT pg_notify('tidegate_changes', ${`licence ${id}`})`;
    await delivered;
    this.waiting.delete(id);
  }

  /** Connections as a member would be sent them. */
  async connections(tenantId: string, gatewayId: string): Promise<Envelope['connection'][]> {
    const rows = await this.prisma.connection.findMany({
      where: { tenantId, gatewayId },
      orderBy: { id: 'asc' },
      select: { id: true, target: true, credentialType: true, encryption: true, credential: true },
    });
    return Promise.all(
      rows.map(async ({ id, credential, ...row }) => ({
        id,
        target: targetSchema.parse(row.target),
        credentialType: credentialTypeSchema.parse(row.credentialType),
        encryption: connectionEncryptionSchema.parse(row.encryption),
        credential: credential === null ? undefined : await this.sealed.unwrap({ id, tenantId }, credential),
      })),
    );
  }

  /** The newest first. */
  async rotations(tenantId: string, gatewayId: string): Promise<RotationFact[]> {
    const rows = await this.prisma.rotation.findMany({
      where: { tenantId, gatewayId },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      select: { id: true, state: true, hasGrace: true, oldKeyId: true, newKeyId: true, leaderId: true, packages: true },
    });
    return rows.map(({ packages, ...row }) => {
      const { packages: given = [] } = (packages ?? {}) as { packages?: { memberId: string }[] };
      return { ...row, given: given.map(({ memberId }) => memberId) };
    });
  }

  /** Ids of a gateway's members and connections. */
  async rows(tenantId: string, gatewayId: string): Promise<{ members: string[]; connections: string[] }> {
    const where = { tenantId, gatewayId };
    const [members, connections] = [
      await this.prisma.member.findMany({ where, select: { id: true } }),
      await this.prisma.connection.findMany({ where, select: { id: true } }),
    ];
    return { members: members.map(({ id }) => id), connections: connections.map(({ id }) => id) };
  }

  async hasGateway(tenantId: string, gatewayId: string): Promise<boolean> {
    return (await this.prisma.gateway.count({ where: { id: gatewayId, tenantId } })) > 0;
  }

  /** Time goes by for one gateway: everything that rotations and liveness count from lies further back. */
  async passTime(gatewayId: string, seconds: number): Promise<void> {
    await this.prisma.$executeRaw`
      UPDATE member SET "lastHeartbeatAt" = "lastHeartbeatAt" - make_interval(secs => ${seconds}::int),
        "createdAt" = "createdAt" - make_interval(secs => ${seconds}::int)
      WHERE "gatewayId" = ${gatewayId}::uuid`;
    await this.prisma.$executeRaw`
      UPDATE rotation SET "startedAt" = "startedAt" - make_interval(secs => ${seconds}::int),
        "leaseUntil" = "leaseUntil" - make_interval(secs => ${seconds}::int),
        "resealedAt" = "resealedAt" - make_interval(secs => ${seconds}::int),
        packages = CASE WHEN packages IS NULL THEN NULL ELSE jsonb_set(packages, '{at}',
          to_jsonb((packages->>'at')::timestamptz - make_interval(secs => ${seconds}::int))) END
      WHERE "gatewayId" = ${gatewayId}::uuid`;
    await this.prisma.$executeRaw`
      UPDATE former_member SET at = at - make_interval(secs => ${seconds}::int) WHERE "gatewayId" = ${gatewayId}::uuid`;
    await this.prisma.$executeRaw`SELECT pg_notify('tidegate_changes', ${`gateway ${gatewayId}`})`;
    await this.heard();
  }

  /** What the control plane does by itself, four times a minute. */
  async sweep(): Promise<void> {
    await this.test.app.get(RotationSweep, { strict: false }).run();
  }
}
