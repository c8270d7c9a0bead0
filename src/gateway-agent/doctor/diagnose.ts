import { MAX_FINDINGS, type DiagnosisReport, type Finding } from '../../contract/diagnosis.js';
import { PRODUCT_VERSION } from '../../contract/version.js';
import { checkControlPlane } from './control-plane-checks.js';
import type { DoctorContext } from './doctor-context.js';
import { CHECKS, skipped, worstOf, type Check } from './finding.js';
import { checkAccount, checkAgent, checkDisk, checkPolicy, checkStateFiles, checkStateFolder } from './local-checks.js';
import { checkMembership, checkNamedRelay, checkRelay } from './relay-checks.js';
import { checkSources } from './source-checks.js';

/** A diagnosis ends after this, in milliseconds, whatever hangs: people wait for it. */
export const DIAGNOSIS_MS = 60_000;

/** Looks at everything, what does not depend on each other at once. Never throws for what it finds. */
export async function diagnose(context: DoctorContext, stop?: AbortSignal): Promise<DiagnosisReport> {
  const startedAt = new Date(context.machine.now()).toISOString();
  const deadline = AbortSignal.timeout(DIAGNOSIS_MS);
  const signal = stop ? AbortSignal.any([stop, deadline]) : deadline;
  const found = await Promise.all([
    checkAgent(context),
    checkStateFolder(context),
    checkStateFiles(context),
    checkDisk(context),
    checkAccount(context),
    checkPolicy(context),
    checkCloud(context, signal),
  ]);
  const findings = inOrder([...context.known, ...found.flat()]).slice(0, MAX_FINDINGS);
  const finishedAt = new Date(context.machine.now()).toISOString();
  return { agentVersion: PRODUCT_VERSION, startedAt, finishedAt, verdict: worstOf(findings), findings };
}

async function checkCloud(context: DoctorContext, signal: AbortSignal): Promise<Finding[]> {
  const { membership, isRegistered } = context;
  if (!isRegistered) {
    const [plane, relay] = await Promise.all([checkControlPlane(context, signal), checkNamedRelay(context)]);
    return [...plane.findings, ...relay];
  }
  const { findings, broken } = await checkControlPlane(context, signal);
  const skip = (checks: readonly Check[], because: string) => checks.map((check) => skipped(check, because));
  if (!membership) return [...findings, ...skip(['membership', 'relay', 'source'], 'the state folder is damaged')];
  if (broken !== undefined) return [...findings, ...skip(['membership', 'relay', 'source'], `${broken} failed`)];
  const { finding, session } = await checkMembership(membership, signal);
  if (!session) return [...findings, finding, ...skip(['relay', 'source'], 'membership failed')];
  const [relay, sources] = await Promise.all([
    checkRelay(context, membership, session),
    checkSources(membership, signal),
  ]);
  return [...findings, finding, ...relay, ...sources];
}

function inOrder(findings: readonly Finding[]): Finding[] {
  const place = (check: string) => CHECKS.findIndex((one) => one === check);
  return [...findings].sort((a, b) => place(a.check) - place(b.check));
}
