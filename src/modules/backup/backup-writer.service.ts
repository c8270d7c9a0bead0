import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { Backup, BackupConnection, BackupGateway } from '../../contract/backup.js';
import { StoredCredentialsService } from '../connections/stored-credentials.service.js';
import { SessionKeyStoreService } from '../gateways/session-key-store.service.js';
import { TenantKeys } from '../identity/tenant-keys.service.js';
import { bytes, recoveryPurpose } from './backup-rows.js';

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const ROWS = 1_000;

/** A gateway may have begun epochs, and members may have had orders, after the backup was taken: what comes back is newer than those. */
const AHEAD = 1_000;

/** Writes a backup's rows, secrets sealed for this control plane's vault. */
@Injectable()
export class BackupWriter {
  constructor(
    private readonly tenantKeys: TenantKeys,
    private readonly credentials: StoredCredentialsService,
    private readonly sessionKeys: SessionKeyStoreService,
  ) {}

  /** @param namespaces by region */
  async write(tx: Transaction, backup: Backup, namespaces: ReadonlyMap<string, string>): Promise<void> {
    const { tenantId, environments, gateways, connections, policy } = backup;
    if (policy) await writePolicy(tx, tenantId, policy);
    await inBatches(environments, (rows) =>
      tx.environment.createMany({ data: rows.map((environment) => ({ ...environment, tenantId })) }),
    );
    await this.writeGateways(tx, tenantId, gateways, namespaces);
    await this.writeConnections(tx, tenantId, connections);
  }

  private async writeGateways(
    tx: Transaction,
    tenantId: string,
    gateways: readonly BackupGateway[],
    namespaces: ReadonlyMap<string, string>,
  ): Promise<void> {
    await inBatches(gateways, async (rows) =>
      tx.gateway.createMany({
        data: await Promise.all(
          rows.map(async ({ members: _members, roles: _roles, handovers: _handovers, recovery, ...gateway }) => {
            const plain = Buffer.from(JSON.stringify(recovery));
            const sealed = await this.tenantKeys.seal(tenantId, recoveryPurpose(gateway.id), plain);
            return {
              ...gateway,
              tenantId,
              namespace: namespaces.get(gateway.region) ?? '',
              epoch: gateway.epoch + AHEAD,
              recovery: Uint8Array.from(sealed),
            };
          }),
        ),
      }),
    );
    const of = <T>(parts: (gateway: BackupGateway) => readonly T[]) =>
      gateways.flatMap((gateway) => parts(gateway).map((part) => ({ tenantId, gatewayId: gateway.id, ...part })));
    const members = of((gateway) => gateway.members).map(({ keys, certificate, machine, revision, ...member }) => ({
      ...member,
      identityKey: bytes(keys.identity),
      receivingKey: bytes(keys.receiving),
      certificate: certificate === null ? null : bytes(certificate),
      machine: bytes(machine),
      revision: revision + AHEAD,
    }));
    await inBatches(members, (data) => tx.member.createMany({ data: [...data] }));
    await inBatches(
      of((gateway) => gateway.roles),
      (data) => tx.gatewayRole.createMany({ data: [...data] }),
    );
    const handovers = of((gateway) => gateway.handovers.map((handover, index) => ({ ...handover, seq: index + 1 })));
    await inBatches(handovers, (data) =>
      tx.recoveryHandover.createMany({
        data: data.map(({ proofKey, recoveryKey, salt, signature, ...handover }) => ({
          ...handover,
          proofKey: bytes(proofKey),
          recoveryKey: bytes(recoveryKey),
          salt: bytes(salt),
          signature: bytes(signature),
        })),
      }),
    );
    for (const { id: gatewayId, epoch, members: ofGateway } of gateways) {
      const place = { tenantId, gatewayId, epoch: epoch + AHEAD };
      await this.sessionKeys.begin(
        tx,
        place,
        ofGateway.map(({ id }) => id),
      );
    }
  }

  private async writeConnections(
    tx: Transaction,
    tenantId: string,
    connections: readonly BackupConnection[],
  ): Promise<void> {
    await inBatches(connections, async (rows) =>
      tx.connection.createMany({
        data: await Promise.all(
          rows.map(async ({ roles: _roles, environmentIds: _bindings, sealed, sealingKeyId, ...connection }) => ({
            ...connection,
            tenantId,
            kind: connection.target.kind,
            ...(await this.credentials.wrap({ id: connection.id, tenantId }, sealed ?? undefined, sealingKeyId)),
          })),
        ),
      }),
    );
    const roles = connections.flatMap(({ id, roles: held }) =>
      held.map((role) => ({ ...role, connectionId: id, tenantId })),
    );
    await inBatches(roles, (data) => tx.connectionRole.createMany({ data: [...data] }));
    const bindings = connections.flatMap(({ id, environmentIds }) =>
      environmentIds.map((environmentId) => ({ connectionId: id, environmentId, tenantId })),
    );
    await inBatches(bindings, (data) => tx.connectionEnvironment.createMany({ data: [...data] }));
  }
}

async function writePolicy(tx: Transaction, tenantId: string, policy: NonNullable<Backup['policy']>): Promise<void> {
  const { listed, ...decided } = policy;
  await tx.tenantPolicy.deleteMany({ where: { tenantId } });
  await tx.tenantPolicy.create({ data: { ...decided, tenantId }, select: { version: true } });
  await tx.tenantPolicyPrincipal.createMany({ data: listed.map((principal) => ({ ...principal, tenantId })) });
}

async function inBatches<T>(rows: readonly T[], write: (batch: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS) await write(rows.slice(from, from + ROWS));
}
