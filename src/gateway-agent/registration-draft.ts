import { sign } from 'node:crypto';
import { registrationProofInput, type RegistrationRequest } from '../contract/registration.js';
import { PRODUCT_VERSION } from '../contract/version.js';
import { capabilitiesOf } from './agent.js';
import { createConnectors } from './connectors/registry.js';
import { generateKeys } from './key-store.js';
import type { RegistrationDraft } from './pending-registration.js';
import { certifyMember, deriveRecoveryKeys, publicHalvesOf, setUpRecovery } from './recovery-key.js';
import type { RegisterSettings } from './settings.js';

/** A new gateway with this machine as its first member, with keys that nobody else has. @param issuer of the control plane */
export async function draftRegistration(
  settings: RegisterSettings,
  issuer: string,
  recoveryKey: string,
): Promise<RegistrationDraft> {
  const { member, sealing } = await generateKeys();
  const { setup, keys: recovery } = await setUpRecovery(recoveryKey, sealing.pkcs8);
  const unsigned: Omit<RegistrationRequest, 'proof'> = {
    gateway: { name: settings.name, region: settings.region },
    member: {
      name: settings.memberName,
      version: PRODUCT_VERSION,
      machine: await settings.machine.fingerprint(),
      keys: member.publicKeys,
      capabilities: capabilitiesOf(createConnectors().keys()),
    },
    sealingKey: sealing.publicKey,
    recovery: setup,
    certificate: certifyMember(recovery, member.publicKeys),
  };
  const proof = sign(null, Buffer.from(registrationProofInput(issuer, unsigned)), member.identity).toString(
    'base64url',
  );
  return {
    controlPlane: settings.controlPlane,
    request: { ...unsigned, proof },
    keys: member.stored([sealing]),
  };
}

/** Whether an earlier draft is what is asked for now: the same gateway on the same machine, with the same recovery key. */
export async function isDraftOf(
  { controlPlane, request }: RegistrationDraft,
  settings: RegisterSettings,
  recoveryKey: string,
): Promise<boolean> {
  const { gateway, member, recovery } = request;
  const isSame =
    controlPlane === settings.controlPlane &&
    gateway.name === settings.name &&
    gateway.region === settings.region &&
    member.machine === (await settings.machine.fingerprint());
  if (!isSame) return false;
  const keys = await deriveRecoveryKeys(recoveryKey, Buffer.from(recovery.kdf.salt, 'base64url'));
  return publicHalvesOf(keys).proofKey === recovery.proofKey;
}
