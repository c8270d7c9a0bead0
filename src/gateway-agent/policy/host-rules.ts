import { isGuarded, isGuardedNetwork, isInside, isLoopback, readNetwork, type PlainAddress } from './address.js';
import { readHost } from './host-name.js';
import { PolicyInvalid } from './policy-document.js';
import type { PolicyText } from './policy-schema.js';
import { allowed, denied, type Verdict } from './verdict.js';

type Ports = NonNullable<PolicyText['ports']>;
type Range = readonly [number, number];

interface HostRule {
  /** As the operator wrote it. */
  readonly text: string;
  readonly ports: readonly Range[] | undefined;
  readonly matchesName: (name: string) => boolean;
  /** Undefined for a rule of names. */
  readonly network: ReturnType<typeof readNetwork>;
}

/** Which places may be connected to. */
export class HostRules {
  private readonly rules: readonly HostRule[] | undefined;
  private readonly ports: readonly Range[] | undefined;

  /** @throws PolicyInvalid */
  constructor({ hosts, ports }: Pick<PolicyText, 'hosts' | 'ports'>) {
    this.ports = ports && rangesOf(ports, 'ports');
    this.rules = hosts?.map((entry, index) => {
      const { host, ports: own } = typeof entry === 'string' ? { host: entry, ports: undefined } : entry;
      return ruleOf(host, own && rangesOf(own, `hosts.${index}.ports`), index);
    });
  }

  /** Whether a name is worth asking the resolver about: what is asked of it leaves the machine, too. */
  aboutName(name: string, port: number): Verdict {
    const byPort = this.aboutPort(port);
    if (!byPort.isAllowed || !this.rules) return byPort;
    const rule = this.rules.find(
      (each) => takesPort(each, port) && (each.network !== undefined || each.matchesName(name)),
    );
    return rule
      ? allowed('hosts', `hosts: ${rule.text}`)
      : denied('hosts', `no entry of hosts allows ${name} on port ${port}`);
  }

  /** @param name what the address was found under; undefined when the connection names the address itself */
  aboutAddress(address: PlainAddress, name: string | undefined, port: number): Verdict {
    const byPort = this.aboutPort(port);
    if (!byPort.isAllowed) return byPort;
    const isKept = isGuarded(address);
    if (!this.rules) return isKept ? guarded(address) : byPort;
    const rules = this.rules.filter((rule) => takesPort(rule, port));
    const rule = rules.find((each) => (isKept ? opens(each, address, name) : names(each, address, name)));
    if (rule) return allowed('hosts', `hosts: ${rule.text}`);
    return isKept ? guarded(address) : denied('hosts', `no entry of hosts allows ${address.text} on port ${port}`);
  }

  private aboutPort(port: number): Verdict {
    if (!this.ports) return allowed(undefined, 'no rule about hosts');
    const isListed = isInRanges(this.ports, port);
    return isListed ? allowed('ports', `ports: ${port}`) : denied('ports', `ports does not list ${port}`);
  }
}

function guarded({ text }: PlainAddress): Verdict {
  return denied('addresses', `${text} is a loopback, link-local or metadata address, and no entry of hosts names it`);
}

function names({ network, matchesName }: HostRule, { meanings }: PlainAddress, name: string | undefined): boolean {
  if (network) return meanings.some((address) => isInside(address, network));
  return name === undefined ? matchesName('') : matchesName(name);
}

/** Only a rule that means such addresses opens them: a wide network or a name that somebody points there does not. */
function opens({ network, matchesName, text }: HostRule, address: PlainAddress, name: string | undefined): boolean {
  if (network) return isGuardedNetwork(network) && address.meanings.some((each) => isInside(each, network));
  return text === 'localhost' && name !== undefined && matchesName(name) && isLoopback(address);
}

function takesPort({ ports }: HostRule, port: number): boolean {
  return ports === undefined || isInRanges(ports, port);
}

function isInRanges(ranges: readonly Range[], port: number): boolean {
  return ranges.some(([from, to]) => port >= from && port <= to);
}

function rangesOf(ports: Ports, where: string): Range[] {
  return ports.map((entry) => {
    const [from = 0, to = from] = typeof entry === 'number' ? [entry] : entry.split('-').map(Number);
    if (from < 1 || to > 65_535 || from > to) throw new PolicyInvalid([`${where}: ${entry} is no range of ports`]);
    return [from, to];
  });
}

function ruleOf(text: string, ports: readonly Range[] | undefined, index: number): HostRule {
  const network = readNetwork(text);
  if (network) return { text, ports, network, matchesName: () => false };
  if (text === '*') return { text, ports, network, matchesName: () => true };
  const isWild = text.startsWith('*.');
  const host = readHost(isWild ? text.slice(2) : text);
  if (host?.kind !== 'name') throw new PolicyInvalid([`hosts.${index}: is no name, *.name, address or network`]);
  const { name: own } = host;
  const matchesName = (name: string) => (isWild ? name.endsWith(`.${own}`) : name === own);
  return { text: isWild ? text : own, ports, network, matchesName };
}
