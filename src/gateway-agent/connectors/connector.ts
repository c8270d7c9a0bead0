import type { HeaderList, Operation } from '../../contract/operations.js';
import type { ConnectionEncryption, CredentialType, SourceKind, Target } from '../../contract/targets.js';
import type { SessionCounts } from '../observability/agent-vitals.js';

/** Names under which a credential keeps its values. */
export type SecretName = 'username' | 'password' | 'key' | 'passphrase' | 'accesstoken' | 'clientid' | 'clientsecret';

/** An opened credential. Lives for one request; disposing forgets the values. */
export interface Secret extends Disposable {
  get(name: SecretName): string | undefined;
}

/** One operation with all a connector needs to run it; nothing else is asked of anybody while it runs. */
export interface ConnectorRequest {
  readonly operation: Operation;
  readonly target: Target;
  readonly credentialType: CredentialType;
  readonly encryption: ConnectionEncryption;
  readonly connectionId: string;
  /** Read before `execute` settles, never later: the runner may dispose it then. */
  readonly secret: Secret;
  /** Bytes to write: the body of `httpRequest` and the content of `writeFile`. */
  readonly body: AsyncIterable<Uint8Array> | undefined;
  /** Fires at the deadline or when the caller goes away; the work at the source stops, not only the reading. */
  readonly signal: AbortSignal;
  /** What the machine's operator lets one answer hold. */
  readonly limits?: { readonly rows?: number };
}

/** What the source says. Leaving `body` early (return, throw or abort) stops the work at the source. */
export interface ConnectorAnswer {
  readonly mediaType?: string;
  /** Set by `httpRequest` only. */
  readonly http?: { readonly status: number; readonly headers: HeaderList };
  /** To be read to its end or returned: it holds a connection of the source. Throws SourceError. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Read after `body` ended. */
  readonly trailer?: () => { count?: number; hasMore?: boolean; continuation?: string };
}

/** Speaks to one kind of data source on the local network. */
export interface Connector {
  readonly kind: SourceKind;
  /**
   * Runs one operation. Failures before the first byte reject this promise; later ones come out of `body`.
   *
   * @throws SourceError with any code of the contract's AGENT_ERROR_CODES that speaks of sources
   */
  execute(request: ConnectorRequest): Promise<ConnectorAnswer>;
  /** Drops what is kept for a connection: it was changed or deleted. */
  forget(connectionId: string): Promise<void>;
  /** Sessions held at sources, of a connector that keeps them. */
  heldSessions?(): SessionCounts;
  /** Ends all links to sources. */
  close(): Promise<void>;
}
