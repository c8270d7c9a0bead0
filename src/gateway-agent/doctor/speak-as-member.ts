import { ControlPlane, ControlPlaneError, type ControlPlaneSettings } from '../control-plane.js';
import type { MemberKeyStore } from '../key-store.js';
import { CommandError } from '../exit-codes.js';
import { LockFile } from '../lock-file.js';
import type { MemberRecord } from '../member-record.js';
import { readRunStatus } from '../run-status.js';
import type { StateFolder } from '../state-folder.js';
import type { MemberCalls } from './doctor-context.js';
import { memberCalls } from './member-calls.js';

/** A member's calls, as long as nobody closes it. */
export interface SpeakingMember {
  readonly controlPlane: ControlPlane;
  readonly calls: MemberCalls;
  close(): Promise<void>;
}

interface Member {
  readonly record: MemberRecord;
  readonly keys: MemberKeyStore;
  readonly settings: ControlPlaneSettings;
}

/**
 * Speaks for the member beside its agent. A token for a start of its own would take the agent's place: beside a running one
 * its number is shared, and where no agent runs none may start meanwhile.
 */
export async function speakAsMember(folder: StateFolder, { record, keys, settings }: Member): Promise<SpeakingMember> {
  const path = folder.file('agent.lock');
  const lock = await free(path);
  const instance = lock ? undefined : await runningInstance(folder);
  if (!lock && instance === undefined) return silent(settings);
  const { memberId, issuer } = record;
  const controlPlane = new ControlPlane(settings, { memberId, issuer, identity: keys.identity, instance });
  return {
    controlPlane,
    calls: memberCalls(controlPlane),
    close: async () => {
      await controlPlane.close();
      await lock?.release();
    },
  };
}

/** The agent's lock, when no agent holds it. */
async function free(path: string): Promise<LockFile | undefined> {
  try {
    return await LockFile.acquire(path, 'The state folder');
  } catch (error) {
    // Held by an agent, or in a folder that cannot be written: both are said by other checks.
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

async function runningInstance(folder: StateFolder): Promise<number | undefined> {
  try {
    return (await readRunStatus(folder))?.instance;
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** An agent runs that has no number yet: whoever asked now would take its place. */
function silent(settings: ControlPlaneSettings): SpeakingMember {
  const controlPlane = new ControlPlane(settings);
  const refuse = () =>
    Promise.reject(
      new ControlPlaneError('unavailable', 'The running agent has not reached its control plane yet.', {
        remedy:
          'Wait until `tidegate-agent status` shows an answer of the control plane, or stop the agent, and look again.',
      }),
    );
  return { controlPlane, calls: { session: refuse, connections: refuse }, close: () => controlPlane.close() };
}
