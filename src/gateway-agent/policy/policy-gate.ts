import type { Envelope } from '../../contract/envelope.js';
import type { Operation } from '../../contract/operations.js';
import type { ConnectorAnswer } from '../connectors/connector.js';
import type { SourceError } from '../connectors/source-error.js';
import type { Policy } from './policy.js';
import { policyDenied } from './policy-denied.js';
import { namesIn } from './listed-names.js';
import { denied, type Verdict } from './verdict.js';
import { ByteCap } from './byte-cap.js';

export interface PolicyGateSettings {
  readonly policy: () => Policy;
  readonly refused: (verdict: Verdict) => void;
  readonly now?: () => Date;
}

/** A request that the policy lets through, and within which bounds. */
export interface Passage {
  /** As it may be run. */
  readonly operation: Operation;
  readonly limits: { readonly rows?: number };
  /** Bounds what is written. */
  body(bytes: AsyncIterable<Uint8Array> | undefined): AsyncIterable<Uint8Array> | undefined;
  /** Bounds what is answered, and leaves out the names of what is not allowed. */
  answer(given: ConnectorAnswer): ConnectorAnswer;
  /** What the bounds refused while the request ran: connectors tell it in words of their own. */
  readonly refusal: SourceError | undefined;
}

/** Asks the policy about every request, before its credential is opened. */
export class PolicyGate {
  constructor(private readonly settings: PolicyGateSettings) {}

  /**
   * @param isRead whether what was begun can be said not to have happened
   * @throws SourceError POLICY_DENIED
   */
  admit(
    { tenantId, operation, connection }: Pick<Envelope, 'tenantId' | 'operation' | 'connection'>,
    isRead: boolean,
  ): Passage {
    const policy = this.settings.policy();
    const at = this.settings.now?.() ?? new Date();
    const { verdict, operation: runs } = policy.ask({ tenantId, operation, target: connection.target, at });
    if (!verdict.isAllowed) throw this.refuse(verdict);
    const { maxRows, maxBytes } = policy.text;
    const refuse = () =>
      this.refuse(denied('maxBytes', `more than ${maxBytes} bytes`), isRead ? 'not-executed' : 'unknown');
    const cap = maxBytes === undefined ? undefined : new ByteCap(maxBytes, refuse);
    const rules = operation.name === 'listTables' ? policy.tables : operation.name === 'listProcedures' ? policy.procedures : undefined; // prettier-ignore
    const matches = rules && ((name: string) => (connection.target.kind === 'odata' ? rules.matchPlain(name) : rules.matchSql(name))); // prettier-ignore
    return {
      operation: runs,
      limits: maxRows === undefined ? {} : { rows: maxRows },
      body: (bytes) => (bytes && cap ? cap.watch(bytes) : bytes),
      answer: (given) => {
        const shown = matches ? { ...given, body: namesIn(given.body, (name) => matches(name) !== undefined) } : given;
        return cap ? { ...shown, body: cap.watch(shown.body) } : shown;
      },
      get refusal() {
        return cap?.refusal;
      },
    };
  }

  private refuse(verdict: Verdict, outcome: 'not-executed' | 'unknown' = 'not-executed'): SourceError {
    this.settings.refused(verdict);
    return policyDenied(verdict, outcome);
  }
}
