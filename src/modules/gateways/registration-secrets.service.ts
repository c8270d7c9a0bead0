import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RegistrationRequest } from '../../contract/registration.js';
import { sealingKeyId } from '../../contract/sealed-credential.js';
import { TenantKeys } from '../identity/tenant-keys.service.js';
import { TenantsService } from '../identity/tenants.service.js';
import { newSessionKeys, sessionKeyPurpose } from './session-keys.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Everything of a new gateway that is sealed or derived before its transaction begins, because the vault may be asked. */
export interface RegistrationSecrets {
  /** Fingerprint of the machine under the tenant's salt. */
  readonly machine: Bytes;
  readonly sealingKeyId: string;
  readonly recovery: Bytes;
  readonly sessionKeys: readonly { readonly memberId: string; readonly sealed: Bytes }[];
}

/** Ids of a gateway in the making. */
export interface NewGatewayIds {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly memberId: string;
  readonly epoch: number;
}

/** Seals what a new gateway brings, under the tenant's data key. */
@Injectable()
export class RegistrationSecretsService {
  constructor(
    private readonly tenantKeys: TenantKeys,
    private readonly tenants: TenantsService,
  ) {}

  /** Equal machines of two tenants look different, so that nobody learns of the other. */
  async machineFingerprint(tenantId: string, machine: string): Promise<Bytes> {
    const salt = await this.tenants.machineSalt(tenantId);
    return bytes(createHmac('sha256', salt).update(machine).digest());
  }

  async prepare(ids: NewGatewayIds, request: RegistrationRequest): Promise<RegistrationSecrets> {
    const { tenantId, gatewayId, memberId, epoch } = ids;
    const recovery = Buffer.from(JSON.stringify(request.recovery));
    const sessionKeys = [...newSessionKeys([memberId])].map(async ([holder, key]) => ({
      memberId: holder,
      sealed: bytes(await this.tenantKeys.seal(tenantId, sessionKeyPurpose(gatewayId, epoch, holder), key)),
    }));
    return {
      machine: await this.machineFingerprint(tenantId, request.member.machine),
      sealingKeyId: await sealingKeyId(request.sealingKey),
      recovery: bytes(await this.tenantKeys.seal(tenantId, `recovery:${gatewayId}`, recovery)),
      sessionKeys: await Promise.all(sessionKeys),
    };
  }
}

function bytes(buffer: Buffer): Bytes {
  return Uint8Array.from(buffer);
}
