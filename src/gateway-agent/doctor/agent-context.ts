import { measureRelay } from '../bus-link.js';
import type { ControlPlane } from '../control-plane.js';
import type { MemberRecord } from '../member-record.js';
import type { Network } from '../network/network.js';
import type { StateFolder } from '../state-folder.js';
import type { DoctorContext, SourceAccess } from './doctor-context.js';
import { thisMachine } from './machine.js';
import { discoverOver, memberCalls } from './member-calls.js';

/** What a running agent has at hand. */
export interface AgentParts {
  readonly folder: StateFolder;
  readonly record: MemberRecord;
  readonly network: Network;
  readonly ca: string | undefined;
  readonly controlPlane: ControlPlane;
  readonly sources: SourceAccess;
  /** Whether the policy's file can be read; what stands in it does not leave the machine. */
  readonly isPolicyValid: () => boolean;
}

/** A diagnosis from within the agent: with its own connections, credentials and policy. */
export function agentContext(parts: AgentParts): DoctorContext {
  const { folder, record, network, ca, controlPlane, sources, isPolicyValid } = parts;
  return {
    folder,
    controlPlane: record.controlPlane,
    network,
    ca,
    discover: discoverOver(controlPlane),
    membership: {
      record,
      calls: memberCalls(controlPlane),
      sources,
      askRelay: ({ relay, queues }, place) => measureRelay({ relay, queues, network }, place),
    },
    isRegistered: true,
    agentRuns: true,
    policy: () => {
      const isValid = isPolicyValid();
      const said = isValid ? 'valid' : 'the file cannot be read: see the log on the machine';
      return Promise.resolve({ isValid, said });
    },
    known: [],
    machine: thisMachine,
  };
}
