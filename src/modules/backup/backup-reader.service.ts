import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../common/prisma/transaction.js';
import { canonicalJson } from '../../contract/backup.js';
import { StoredCredentialsService } from '../connections/stored-credentials.service.js';
import { TenantKeys } from '../identity/tenant-keys.service.js';
import {
  CONNECTION,
  GATEWAY,
  POLICY,
  recoveryPurpose,
  text,
  type ConnectionRow,
  type GatewayRow,
} from './backup-rows.js';

/** Rows read at once. */
const BATCH = 200;

/** Reads what a backup holds, as canonical JSON texts, in order of id. The second layer over secrets is taken off: it belongs to this control plane's vault. */
@Injectable()
export class BackupReader {
  constructor(
    private readonly tenantKeys: TenantKeys,
    private readonly credentials: StoredCredentialsService,
  ) {}

  async policy(tx: Transaction, tenantId: string): Promise<string> {
    return canonicalJson(await tx.tenantPolicy.findFirst({ where: { tenantId }, select: POLICY }));
  }

  environments(tx: Transaction, tenantId: string): AsyncGenerator<string> {
    return rows(
      (after) =>
        tx.environment.findMany({
          where: { tenantId, ...behind(after) },
          orderBy: { id: 'asc' },
          take: BATCH,
          select: { id: true, displayName: true, region: true, createdAt: true },
        }),
      async (environment) => environment,
    );
  }

  gateways(tx: Transaction, tenantId: string): AsyncGenerator<string> {
    return rows(
      (after) =>
        tx.gateway.findMany({
          where: { tenantId, ...behind(after) },
          orderBy: { id: 'asc' },
          take: BATCH,
          select: GATEWAY,
        }),
      (row) => this.gateway(tenantId, row),
    );
  }

  connections(tx: Transaction, tenantId: string): AsyncGenerator<string> {
    return rows(
      (after) =>
        tx.connection.findMany({
          where: { tenantId, ...behind(after) },
          orderBy: { id: 'asc' },
          take: BATCH,
          select: CONNECTION,
        }),
      (row) => this.connection(tenantId, row),
    );
  }

  private async gateway(tenantId: string, { recovery, members, handovers, ...row }: GatewayRow) {
    const opened = await this.tenantKeys.open(tenantId, recoveryPurpose(row.id), recovery);
    return {
      ...row,
      recovery: JSON.parse(opened.toString('utf8')) as unknown,
      members: members.map(({ identityKey, receivingKey, certificate, machine, ...member }) => ({
        ...member,
        keys: { identity: text(identityKey), receiving: text(receivingKey) },
        certificate: certificate && text(certificate),
        machine: text(machine),
      })),
      handovers: handovers.map(({ at, ...keys }) => ({
        proofKey: text(keys.proofKey),
        recoveryKey: text(keys.recoveryKey),
        salt: text(keys.salt),
        signature: text(keys.signature),
        at,
      })),
    };
  }

  private async connection(tenantId: string, { credential, bindings, ...row }: ConnectionRow) {
    const sealed = credential && (await this.credentials.unwrap({ id: row.id, tenantId }, credential));
    return { ...row, sealed, environmentIds: bindings.map(({ environmentId }) => environmentId) };
  }
}

function behind(after: string | undefined) {
  return after === undefined ? {} : { id: { gt: after } };
}

async function* rows<Row extends { readonly id: string }>(
  read: (after: string | undefined) => Promise<Row[]>,
  show: (row: Row) => Promise<unknown>,
): AsyncGenerator<string> {
  let after: string | undefined;
  for (;;) {
    const batch = await read(after);
    for (const row of batch) yield canonicalJson(await show(row));
    after = batch.at(-1)?.id;
    if (batch.length < BATCH) return;
  }
}
