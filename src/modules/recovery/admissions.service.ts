import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ReplicaIdentity } from '../../common/keys/replica-identity.js';
import { AppConfig } from '../../config/env.js';
import type { AdmissionRequest, AdmissionResponse, Challenge } from '../../contract/recovery.js';
import { sealingPublicKeySchema } from '../../contract/registration.js';
import { RegistrationSecretsService } from '../gateways/registration-secrets.service.js';
import type { Registrant } from '../gateways/registration.service.js';
import { assertNewcomer, assertReplaces } from './admission.policy.js';
import { ChallengesService } from './challenges.service.js';
import { JoiningService } from './joining.service.js';
import type { AdmittedGateway, Newcomer } from './newcomer.types.js';
import { ProofsService } from './proofs.service.js';
import { RecoveryAccess, type AdmissionOperation } from './recovery-access.service.js';
import { RecoverySetupService } from './recovery-setup.service.js';
import { RecoveryWatchService } from './recovery-watch.service.js';
import { ReplacementsService } from './replacements.service.js';
import type { Prover } from './recovery.types.js';

/** Lets machines become members of a gateway that exists: beside its members, or in the place of one. */
@Injectable()
export class AdmissionsService {
  constructor(
    private readonly config: AppConfig,
    private readonly identity: ReplicaIdentity,
    private readonly access: RecoveryAccess,
    private readonly challenges: ChallengesService,
    private readonly proofs: ProofsService,
    private readonly secrets: RegistrationSecretsService,
    private readonly joining: JoiningService,
    private readonly replacements: ReplacementsService,
    private readonly setups: RecoverySetupService,
    private readonly watch: RecoveryWatchService,
  ) {}

  /**
   * @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, INSTALLER_NOT_ALLOWED, IDENTITY_UNAVAILABLE, RECOVERY_LOCKED,
   * TOO_MANY_ATTEMPTS, VAULT_UNAVAILABLE
   */
  async challenge(registrant: Registrant, gatewayId: string, operation: AdmissionOperation): Promise<Challenge> {
    const id = await this.access.assertMayAdmit(registrant, gatewayId, operation);
    return this.challenges.issue(proverOf(registrant), id, operation);
  }

  /**
   * The recovery bundle leaves the cloud here and nowhere else: to whoever showed that they can open it.
   *
   * @throws DomainError as `challenge`, and CHALLENGE_EXPIRED, RECOVERY_KEY_WRONG, VALIDATION_FAILED, PAYLOAD_TOO_LARGE,
   * MEMBER_NOT_FOUND, MEMBER_ALREADY_ON_MACHINE, MEMBERS_FULL, REGISTRATION_EXPIRED, BROKER_UNAVAILABLE
   */
  async admit(registrant: Registrant, gatewayId: string, request: AdmissionRequest): Promise<AdmissionResponse> {
    const { tenantId } = registrant;
    const { operation, member, replaces, certificate } = request;
    const id = await this.access.assertMayAdmit(registrant, gatewayId, operation);
    assertReplaces(request);
    const { setup, changedAt, input } = await this.proofs.check(proverOf(registrant), id, {
      challengeId: request.challengeId,
      operation,
      proof: request.proof,
      subject: { member: { keys: member.keys, machine: member.machine }, replaces },
    });
    assertNewcomer(request, Buffer.from(setup.proofKey, 'base64url'), input);

    const newcomer: Newcomer = {
      registrant,
      gatewayId: id,
      memberId: randomUUID(),
      member,
      certificate,
      machine: await this.secrets.machineFingerprint(tenantId, member.machine),
      keyChangedAt: changedAt,
    };
    const gateway =
      operation === 'join'
        ? await this.joining.join(newcomer)
        : await this.replacements.replace(newcomer, { operation, replaces });
    await this.watch.noticed(tenantId, id);
    return this.answer(newcomer, gateway);
  }

  private async answer(newcomer: Newcomer, gateway: AdmittedGateway): Promise<AdmissionResponse> {
    const { registrant, gatewayId, memberId } = newcomer;
    const { tenantId } = registrant;
    // Read with the admission itself: a sealing key and a bundle that belong together.
    const { bundle, olderBundles, proofKey } = await this.setups.open(tenantId, gatewayId, gateway.recovery);
    return {
      tenantId,
      gatewayId,
      memberId,
      region: gateway.region,
      issuer: this.config.issuer,
      root: this.identity.root(),
      gatewayName: gateway.name,
      sealingKey: sealingPublicKeySchema.parse(gateway.sealingKey),
      bundle,
      ...(olderBundles && { olderBundles }),
      proofKey,
    };
  }
}

function proverOf({ tenantId, principal }: Registrant): Prover {
  return { tenantId, id: principal.id, type: principal.type };
}
