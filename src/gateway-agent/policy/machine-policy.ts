import type { FolderGuard } from '../connectors/filesystem/folder.js';
import type { Log } from '../log.js';
import { folderGuard } from './folder-guard.js';
import { PolicyEgress, type Resolve } from './policy-egress.js';
import { PolicyFile, type PolicyPlace } from './policy-file.js';
import { PolicyGate } from './policy-gate.js';
import { RefusalCounts } from './refusal-counts.js';
import type { Verdict } from './verdict.js';

/** The operator's word on one machine, wherever the agent has to ask for it. */
export interface MachinePolicy {
  readonly file: PolicyFile;
  readonly egress: PolicyEgress;
  readonly folders: FolderGuard;
  readonly gate: PolicyGate;
  readonly refusals: RefusalCounts;
  close(): Promise<void>;
}

/** Opens the policy and follows its file. @param resolve for tests: how names are resolved */
export async function openPolicy(place: PolicyPlace, log: Log, resolve?: Resolve): Promise<MachinePolicy> {
  const file = await PolicyFile.open(place, log);
  const refusals = new RefusalCounts();
  const policy = () => file.current;
  const refused = (verdict: Verdict) => {
    refusals.count(verdict);
    log.warn({ event: 'policy-denied', rule: verdict.rule, reason: verdict.reason }, 'the policy refused a request');
  };
  const egress = new PolicyEgress({ policy, refused, ...(resolve && { resolve }) });
  file.onChange(() => {
    egress.recheck();
  });
  return {
    file,
    egress,
    folders: folderGuard(policy, refused),
    gate: new PolicyGate({ policy, refused }),
    refusals,
    close: () => file.close(),
  };
}
