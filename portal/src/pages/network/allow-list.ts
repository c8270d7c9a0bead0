import { texts } from '../../texts/texts.js';
import type { NetworkNeeds } from './network-needs.js';

export const FORMATS = ['text', 'csv', 'ufw', 'nftables', 'netsh', 'nsg'] as const;
export type AllowListFormat = (typeof FORMATS)[number];

export const EXTENSIONS: Readonly<Record<AllowListFormat, string>> = {
  text: 'txt',
  csv: 'csv',
  ufw: 'sh',
  nftables: 'nft',
  netsh: 'cmd',
  nsg: 'sh',
};

/** A command line of Windows ends after 8,191 characters; the longest range has 43. */
const RANGES_A_COMMAND = 150;
/** Azure's rules of its own begin at 65,000. */
const FIRST_PRIORITY = 400;

const HOST = /^[A-Za-z0-9*]([A-Za-z0-9.*-]{0,252})$/;
const RANGE = /^[0-9A-Fa-f.:]{2,39}(\/\d{1,3})?$/;

/** The allow-list of a region in a format. What is no host or address never becomes part of a command. */
export function writeAllowList(needs: NetworkNeeds, format: AllowListFormat): string {
  const hosts = needs.hosts.filter(({ name }) => HOST.test(name));
  const ranges = (needs.addresses ?? []).filter(({ prefix }) => RANGE.test(prefix));
  const prefixes = ranges.map(({ prefix }) => prefix);
  const ports = [...new Set(hosts.flatMap((host) => host.ports))].sort((a, b) => a - b);
  switch (format) {
    case 'text':
      return lines([...hosts.map(({ name, ports: own }) => `${name} ${own.join(',')}`), ...prefixes]);
    case 'csv':
      return lines([
        'type,value,ports,what',
        ...hosts.map(({ name, ports: own, what }) => cells(['host', name, own.join(' '), what])),
        ...ranges.map(({ prefix, service }) => cells(['range', prefix, ports.join(' '), service ?? ''])),
      ]);
    case 'ufw':
      return commands(hosts, prefixes, (prefix) => `ufw allow out proto tcp to ${prefix} port ${ports.join(',')}`);
    case 'nftables':
      return prefixes.length === 0 ? noRanges(hosts) : nftables(prefixes, ports);
    case 'netsh':
      return chunked(hosts, prefixes, (chunk, index) =>
        [
          `netsh advfirewall firewall add rule name="Tidegate ${index + 1}" dir=out action=allow protocol=TCP`,
          `remoteport=${ports.join(',')} remoteip=${chunk.join(',')}`,
        ].join(' '),
      ).replaceAll(/^#/gm, 'rem');
    case 'nsg':
      return chunked(hosts, prefixes, (chunk, index) =>
        [
          'az network nsg rule create --resource-group "$RESOURCE_GROUP" --nsg-name "$NSG"',
          `--name tidegate-${index + 1} --priority ${FIRST_PRIORITY + index} --direction Outbound --access Allow`,
          `--protocol Tcp --destination-port-ranges ${ports.join(' ')} --destination-address-prefixes ${chunk.join(' ')}`,
        ].join(' '),
      );
  }
}

type Hosts = readonly { readonly name: string; readonly ports: readonly number[] }[];

function commands(hosts: Hosts, prefixes: readonly string[], write: (prefix: string) => string): string {
  return prefixes.length === 0 ? noRanges(hosts) : lines(prefixes.map(write));
}

function chunked(
  hosts: Hosts,
  prefixes: readonly string[],
  write: (chunk: readonly string[], index: number) => string,
): string {
  if (prefixes.length === 0) return noRanges(hosts);
  const chunks = familiesOf(prefixes).flatMap((family) =>
    Array.from({ length: Math.ceil(family.length / RANGES_A_COMMAND) }, (_, index) =>
      family.slice(index * RANGES_A_COMMAND, (index + 1) * RANGES_A_COMMAND),
    ),
  );
  return lines(chunks.map(write));
}

function nftables(prefixes: readonly string[], ports: readonly number[]): string {
  const [four = [], six = []] = familiesOf(prefixes);
  const set = (name: string, type: string, members: readonly string[]) => [
    `  set ${name} {`,
    `    type ${type}; flags interval; auto-merge;`,
    ...(members.length === 0 ? [] : [`    elements = { ${members.join(', ')} }`]),
    '  }',
  ];
  return lines([
    'table inet tidegate {',
    ...set('hosts4', 'ipv4_addr', four),
    ...set('hosts6', 'ipv6_addr', six),
    '  chain output {',
    '    type filter hook output priority filter; policy accept;',
    `    ip daddr @hosts4 tcp dport { ${ports.join(', ')} } accept`,
    `    ip6 daddr @hosts6 tcp dport { ${ports.join(', ')} } accept`,
    '  }',
    '}',
  ]);
}

/** IPv4 and IPv6 apart: no rule of these firewalls takes both. */
function familiesOf(prefixes: readonly string[]): readonly [readonly string[], readonly string[]] {
  return [prefixes.filter((one) => !one.includes(':')), prefixes.filter((one) => one.includes(':'))];
}

function noRanges(hosts: Hosts): string {
  return texts.network.needsAddresses + lines(hosts.map(({ name, ports }) => `# ${name} ${ports.join(',')}`));
}

function cells(values: readonly string[]): string {
  return (
    values
      // A sheet would take these for the beginning of a formula.
      .map((value) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value))
      .map((value) => `"${value.replaceAll('"', '""')}"`)
      .join(',')
  );
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
