import type { Finding, MemberConnection, MemberConnections } from '../../contract/diagnosis.js';
import type { Discovery } from '../../contract/registration.js';
import type { RelayAccess, SessionResponse } from '../../contract/membership.js';
import type { SourceKind } from '../../contract/targets.js';
import type { Connector, Secret } from '../connectors/connector.js';
import type { Egress } from '../connectors/egress.js';
import type { MemberRecord } from '../member-record.js';
import type { Network } from '../network/network.js';
import type { RelayPlace } from '../network/relay-place.js';
import type { StateFolder } from '../state-folder.js';
import type { Machine } from './machine.js';

/** What is said of a file that the operator wrote. */
export interface FileVerdict {
  readonly isValid: boolean;
  /** For the operator, on their own machine: may name what stands in the file. */
  readonly said: string;
}

/** Calls that a member makes for a diagnosis. */
export interface MemberCalls {
  session(signal: AbortSignal): Promise<SessionResponse>;
  connections(after: string | undefined, signal: AbortSignal): Promise<MemberConnections>;
}

/** How sources are asked. */
export interface SourceAccess {
  readonly connectors: ReadonlyMap<SourceKind, Connector>;
  readonly egress: Egress;
  /** Whether the operator of this machine lets a source be asked at all. @throws SourceError POLICY_DENIED */
  readonly admit: (connection: MemberConnection) => void;
  /**
   * The opened credential; undefined when it may not be used from here, because this member has not bound it to a target.
   *
   * @throws SourceError CREDENTIAL_REBOUND, CREDENTIAL_STALE_KEY, CREDENTIAL_UNREADABLE
   */
  readonly secretFor: (connection: MemberConnection) => Promise<Secret | undefined>;
}

/** What a member of a gateway has beside what every machine has. */
export interface Membership {
  readonly record: MemberRecord;
  readonly calls: MemberCalls;
  readonly sources: SourceAccess;
  /** Asks the relay over one way; milliseconds of a round trip. @throws LinkLost */
  readonly askRelay: (
    session: { readonly relay: RelayAccess; readonly queues: SessionResponse['queues'] },
    place: RelayPlace,
  ) => Promise<number>;
}

/** All that a diagnosis needs to know of where it runs. */
export interface DoctorContext {
  readonly folder: StateFolder;
  /** Undefined when the record that names it cannot be read. */
  readonly controlPlane: string | undefined;
  /** The relay's host, where somebody named it: before registration nothing else does. */
  readonly relayHost?: string | undefined;
  readonly network: Network;
  /** PEM of further certificate authorities. */
  readonly ca: string | undefined;
  /** There when the control plane's address is. */
  readonly discover?: (signal: AbortSignal) => Promise<{ discovery: Discovery; dateOffsetMs: number }>;
  /** Undefined before registration, and while key store or record cannot be read. */
  readonly membership: Membership | undefined;
  /** Whether something is registered in the folder, readable or not. */
  readonly isRegistered: boolean;
  /** Another process holds the state folder. */
  readonly agentRuns: boolean;
  readonly policy: () => Promise<FileVerdict>;
  /** What was found while this was put together. */
  readonly known: readonly Finding[];
  readonly machine: Machine;
}
