import type { Connector } from '../../../src/gateway-agent/connectors/connector.js';
import type { Egress } from '../../../src/gateway-agent/connectors/egress.js';
import type { Target } from '../../../src/contract/targets.js';

/** A database server that a test has, and a login at it that may do everything in one database. */
export interface SqlSource {
  readonly target: Target;
  readonly login: { readonly username: string; readonly password: string };
  /** A connector of the source's kind. */
  connect(egress: Egress): Connector;
  /** Runs a statement beside the connector. */
  query(statement: string): Promise<unknown>;
  /** Takes away what the test made. */
  drop(): Promise<void>;
}

/** What differs between databases, in their own SQL. */
export interface SqlFlavour {
  readonly name: string;
  /** Statements that make the sample tables and routines, one by one. */
  readonly schema: readonly string[];
  /** Runs for some seconds; its text holds the word `a_long_wait`, so that it can be found among those running. */
  readonly slow: string;
  /** How many statements with that word run now, in a column `running`. */
  readonly running: string;
  /** A statement with the placeholders `@n` and `@t`, whose row is `{"n": 42, "t": "it's ? @x"}`. */
  readonly bound: string;
  /** What the table `types` gives for its one full row. */
  readonly types: Readonly<Record<string, unknown>>;
  /** The same where JSON has numbers that a double cannot hold. */
  readonly digits: readonly string[];
  /** Values that go in as they came out. */
  readonly roundTrip: Readonly<Record<string, unknown>>;
  /** Fields that a description gives for the types' columns. */
  readonly described: Readonly<Record<string, string>>;
  /** Whether one call can give several sets of rows. */
  readonly hasSets: boolean;
  /** Whether the source takes one statement at a time; else what a caller sends is a batch. */
  readonly isOneStatement: boolean;
  /** Whether a stopped statement is known to have done nothing; else its outcome is unknown. */
  readonly tellsStopped: boolean;
  /** Whether a database holds one schema; else tables are shown with theirs. */
  readonly shown?: (table: string) => string;
}
