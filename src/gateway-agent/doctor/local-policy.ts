import type { Egress } from '../connectors/egress.js';
import type { ConnectorSettings } from '../connectors/registry.js';
import { folderGuard } from '../policy/folder-guard.js';
import { CLOSED_POLICY, type Policy } from '../policy/policy.js';
import { PolicyInvalid } from '../policy/policy-document.js';
import { PolicyEgress } from '../policy/policy-egress.js';
import { loadPolicy, type PolicyPlace } from '../policy/policy-file.js';
import { PolicyGate } from '../policy/policy-gate.js';
import type { DoctorContext, FileVerdict } from './doctor-context.js';
import type { DoctorPlace } from './doctor-place.js';

/** What the machine's own policy means for a diagnosis. */
export interface LocalPolicy {
  readonly egress: Egress;
  readonly connectorSettings: ConnectorSettings;
  readonly gate: PolicyGate;
  readonly verdict: DoctorContext['policy'];
}

/** Reads the policy as the agent would. */
export async function localPolicy({ isProduction, stateDir, policyFile }: DoctorPlace): Promise<LocalPolicy> {
  const { policy, verdict } = await read({ stateDir, file: policyFile });
  const refused = () => undefined;
  const egress = new PolicyEgress({ policy: () => policy, refused });
  return {
    egress,
    gate: new PolicyGate({ policy: () => policy, refused }),
    connectorSettings: { allowsLoopbackTokens: !isProduction, egress, folders: folderGuard(() => policy, refused) },
    verdict: () => Promise.resolve(verdict),
  };
}

async function read(place: PolicyPlace): Promise<{ policy: Policy; verdict: FileVerdict }> {
  try {
    const { policy, path, isPresent } = await loadPolicy(place);
    return { policy, verdict: { isValid: true, said: isPresent ? `${path} is valid` : 'there is none' } };
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error;
    return { policy: CLOSED_POLICY, verdict: { isValid: false, said: error.message } };
  }
}
