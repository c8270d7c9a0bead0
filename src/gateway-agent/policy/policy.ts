import { isRead, type Operation } from '../../contract/operations.js';
import type { Target } from '../../contract/targets.js';
import { FolderRules } from './folder-rules.js';
import { readHost } from './host-name.js';
import { HostRules } from './host-rules.js';
import { localPathOf, webPlacesOf, type WebPlace } from './places.js';
import { OpeningHours } from './opening-hours.js';
import type { PolicyText } from './policy-schema.js';
import { TableRules, type NameMatch } from './table-rules.js';
import { allowed, denied, type Verdict } from './verdict.js';
import { serverOf } from './server-place.js';
import { WebPaths } from './web-paths.js';

/** What a policy is asked about. */
export interface PolicyQuestion {
  readonly tenantId: string | undefined;
  readonly operation: Operation;
  readonly target: Target;
  readonly at: Date;
}

/** What it says, and the operation as it may be run: a name that could mean several tables means one in it. */
export interface PolicyAnswer {
  readonly verdict: Verdict;
  readonly operation: Operation;
}

/** By these a web server can be made to do something else than the method and the path say. */
const METHOD_HEADERS: ReadonlySet<string> = new Set(['x-http-method-override', 'x-http-method', 'x-method-override']);
const PATH_HEADERS: ReadonlySet<string> = new Set(['x-original-url', 'x-rewrite-url']);

/** What the operator of this machine allows. Knows no network: hosts that have to be resolved are the egress's to check. */
export class Policy {
  readonly hosts: HostRules;
  readonly tables: TableRules | undefined;
  readonly procedures: TableRules | undefined;
  readonly folders: FolderRules | undefined;
  private readonly hours: OpeningHours | undefined;
  private readonly webPaths: WebPaths | undefined;

  /**
   * @param isClosed it stands for one that cannot be read: nothing is allowed
   * @throws PolicyInvalid
   */
  constructor(
    readonly text: PolicyText,
    readonly isClosed = false,
  ) {
    this.hosts = new HostRules(isClosed ? { hosts: [] } : text);
    this.hours = text.hours && new OpeningHours(text.hours);
    this.webPaths = text.httpPaths && new WebPaths(text.httpPaths);
    this.folders = text.folders && new FolderRules(text.folders);
    this.tables = text.tables && new TableRules(text.tables);
    this.procedures = text.procedures && new TableRules(text.procedures);
  }

  /** Looks at everything that can be seen before anything is opened. */
  ask(question: PolicyQuestion): PolicyAnswer {
    const { operation } = question;
    const first = [
      () => this.aboutTenant(question.tenantId),
      () => this.aboutTime(question.at),
      () => this.aboutOperation(operation),
      () => this.aboutServer(question.target),
      () => this.aboutWeb(question),
      () => this.aboutFolder(question),
    ];
    let decided = allowed(undefined, 'no rule speaks of it');
    for (const look of first) {
      const verdict = look();
      if (!verdict.isAllowed) return { verdict, operation };
      if (verdict.rule !== undefined) decided = verdict;
    }
    const named = this.aboutName(question);
    return named.verdict.rule === undefined ? { ...named, verdict: decided } : named;
  }

  /** Whether a tenant may have its gateway on this machine. */
  aboutTenant(tenantId: string | undefined): Verdict {
    if (this.isClosed) return denied('invalid', 'the policy cannot be read: nothing is allowed');
    const { tenants } = this.text;
    if (!tenants || tenantId === undefined) return allowed(undefined, 'no rule about tenants');
    const isListed = tenants.some((each) => each.toLowerCase() === tenantId.toLowerCase());
    return isListed ? allowed('tenants', 'tenants lists it') : denied('tenants', `tenants does not list ${tenantId}`);
  }

  /** Whether somebody may watch the log from afar. */
  mayWatchLog(principalId: string): boolean {
    const { logTail } = this.text;
    if (this.isClosed || logTail === undefined) return false;
    return logTail === 'anyone' || logTail.some((each) => each.toLowerCase() === principalId.toLowerCase());
  }

  private aboutTime(at: Date): Verdict {
    if (!this.hours) return allowed(undefined, 'no rule about hours');
    return this.hours.isOpen(at)
      ? allowed('hours', 'within hours')
      : denied('hours', `outside of hours at ${at.toISOString()}`);
  }

  private aboutOperation(operation: Operation): Verdict {
    const { operations, readOnly, nativeQuery } = this.text;
    const { name } = operation;
    if (operations && !operations.includes(name)) return denied('operations', `operations does not list ${name}`);
    if (name === 'executeQuery') return this.aboutNative();
    if (name === 'executeProcedure') return allowed(undefined, 'see procedures');
    if (!readOnly) return operations ? allowed('operations', `operations: ${name}`) : allowed(undefined, 'no rule');
    if (!isRead(operation)) return denied('readOnly', `readOnly, and ${name} may change the source`);
    if (hasHeader(operation, METHOD_HEADERS)) return denied('readOnly', 'readOnly, and a header names another method');
    return nativeQuery === undefined ? allowed('readOnly', `readOnly: ${name} reads`) : allowed('readOnly', 'it reads');
  }

  /** Nobody can tell which tables a statement reads or changes, so a rule about them cannot be kept. */
  private aboutNative(): Verdict {
    const { nativeQuery, readOnly, tables } = this.text;
    if (nativeQuery) return allowed('nativeQuery', 'nativeQuery: true');
    if (nativeQuery === false) return denied('nativeQuery', 'nativeQuery: false');
    if (!readOnly && !tables) return allowed(undefined, 'no rule about native queries');
    const rule = readOnly ? 'readOnly' : 'tables';
    return denied('nativeQuery', `${rule} cannot be checked in a native query, and nativeQuery does not allow it`);
  }

  private aboutServer(target: Target): Verdict {
    let verdict = allowed(undefined, 'no server is asked');
    for (const { host: given, port } of serverOf(target)) {
      const host = readHost(given);
      if (!host) return denied('hosts', `${JSON.stringify(given)} is neither a name nor an address`);
      const { hosts } = this;
      verdict = host.kind === 'name' ? hosts.aboutName(host.name, port) : hosts.aboutAddress(host.address, undefined, port); // prettier-ignore
      if (!verdict.isAllowed) return verdict;
    }
    return verdict;
  }

  private aboutWeb({ operation, target }: PolicyQuestion): Verdict {
    const { webPaths } = this;
    if (!webPaths) return allowed(undefined, 'no rule about paths of the web');
    if (hasHeader(operation, PATH_HEADERS)) return denied('httpPaths', 'a header names another path');
    let entry: string | undefined;
    for (const place of webPlacesOf(target, operation)) {
      entry = place && findPlace(webPaths, place);
      if (entry === undefined) return denied('httpPaths', `no entry of httpPaths allows ${place ? place.origin + place.path : 'this path'}`); // prettier-ignore
    }
    return entry === undefined
      ? allowed(undefined, 'no web server is asked')
      : allowed('httpPaths', `httpPaths: ${entry}`);
  }

  private aboutFolder({ operation, target }: PolicyQuestion): Verdict {
    const { folders } = this;
    if (target.kind === 'sftp' && folders) {
      const entry = folders.findRemote(target.server, target.path);
      return entry === undefined ? denied('folders', 'no entry of folders allows this folder of the server') : allowed('folders', `folders: ${entry}`); // prettier-ignore
    }
    if (target.kind !== 'filesystem') return allowed(undefined, 'no folder is read');
    let verdict = allowed(undefined, 'no rule about folders');
    for (const path of localPathOf(target.path, operation)) {
      const entry = path === undefined ? undefined : folders?.findLocal(path);
      // A share is another server: it takes the word of the operator to go there.
      const isShare = process.platform === 'win32' && (path === undefined || /^[/\\]{2}/.test(path));
      if (entry === undefined && (folders || isShare)) return denied('folders', `no entry of folders allows ${path ?? 'this path'}`); // prettier-ignore
      if (entry !== undefined) verdict = allowed('folders', `folders: ${entry}`);
    }
    return verdict;
  }

  private aboutName({ operation, target }: PolicyQuestion): PolicyAnswer {
    const { tables, procedures } = this;
    const find = (rules: TableRules, name: string): NameMatch | undefined =>
      target.kind === 'odata' ? rules.matchPlain(name) : rules.matchSql(name);
    if (tables && 'table' in operation) {
      const match = find(tables, operation.table);
      if (!match) return { verdict: denied('tables', `no entry of tables allows ${operation.table}`), operation };
      return { verdict: allowed('tables', `tables: ${match.pattern}`), operation: { ...operation, table: match.name } };
    }
    if (!('procedure' in operation)) return { verdict: allowed(undefined, 'no table is named'), operation };
    const match = procedures && find(procedures, operation.procedure);
    if (match) return { verdict: allowed('procedures', `procedures: ${match.pattern}`), operation: { ...operation, procedure: match.name } }; // prettier-ignore
    if (procedures)
      return { verdict: denied('procedures', `no entry of procedures allows ${operation.procedure}`), operation };
    return { verdict: this.aboutUnlistedProcedure(operation), operation };
  }

  private aboutUnlistedProcedure({ name }: Operation): Verdict {
    const { readOnly } = this.text;
    if (name !== 'executeProcedure' || (!readOnly && !this.tables))
      return allowed(undefined, 'no rule about procedures');
    const rule = readOnly ? 'readOnly' : 'tables';
    return denied('procedures', `${rule} cannot be checked in a procedure, and procedures does not list it`);
  }
}

/** What holds where an operator wrote nothing. */
export const NO_POLICY = new Policy({ version: 1 });
/** What holds while the operator's word cannot be read. */
export const CLOSED_POLICY = new Policy({ version: 1 }, true);

function hasHeader(operation: Operation, names: ReadonlySet<string>): boolean {
  return operation.name === 'httpRequest' && operation.headers.some(([name]) => names.has(name.trim().toLowerCase()));
}

function findPlace(webPaths: WebPaths, { origin, path }: WebPlace): string | undefined {
  return webPaths.find(origin, path);
}
