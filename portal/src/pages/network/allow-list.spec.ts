import { describe, expect, it } from 'vitest';
import { FORMATS, writeAllowList } from './allow-list.js';
import type { NetworkNeeds } from './network-needs.js';

const NEEDS: NetworkNeeds = {
  hosts: [
    { name: 'tidegate.example', ports: [443], what: 'Control plane' },
    { name: '*.servicebus.windows.net', ports: [5671, 443], what: 'Relay, "main"' },
  ],
  addresses: [
    { prefix: '20.1.2.0/24', service: 'ServiceBus' },
    { prefix: '2603:1020::/47', service: 'ServiceBus' },
  ],
  serviceTags: { changeNumber: 7, cloud: 'Public' },
};

describe('the allow-list', () => {
  it('names hosts with their ports, then ranges', () => {
    expect(writeAllowList(NEEDS, 'text')).toBe(
      'tidegate.example 443\n*.servicebus.windows.net 5671,443\n20.1.2.0/24\n2603:1020::/47\n',
    );
  });

  it('quotes cells, and disarms what a sheet would calculate', () => {
    const hosts = [{ name: 'a.example', ports: [443], what: '=1+1' }];
    expect(writeAllowList({ ...NEEDS, hosts }, 'csv')).toContain(`"host","a.example","443","'=1+1"`);
    expect(writeAllowList(NEEDS, 'csv')).toContain('"Relay, ""main"""');
  });

  it('keeps IPv4 and IPv6 in rules of their own', () => {
    expect(writeAllowList(NEEDS, 'nftables')).toContain('elements = { 20.1.2.0/24 }');
    expect(writeAllowList(NEEDS, 'netsh').match(/^netsh .*$/gm)).toEqual([
      expect.stringContaining('remoteip=20.1.2.0/24'),
      expect.stringContaining('remoteip=2603:1020::/47'),
    ]);
    expect(writeAllowList(NEEDS, 'ufw')).toBe(
      'ufw allow out proto tcp to 20.1.2.0/24 port 443,5671\nufw allow out proto tcp to 2603:1020::/47 port 443,5671\n',
    );
  });

  it('keeps each Windows command below the length that its shell takes', () => {
    const prefix = '2603:1020:0705:0001:ffff:ffff:ffff:ffff/128';
    const addresses = Array.from({ length: 1000 }, () => ({ prefix, service: 'ServiceBus' }));
    const commands = writeAllowList({ ...NEEDS, addresses }, 'netsh')
      .trim()
      .split('\n');
    expect(commands.length).toBe(7);
    for (const command of commands) expect(command.length).toBeLessThan(8_191);
    expect(new Set(commands.map((one) => /name="[^"]+"/.exec(one)?.[0])).size).toBe(7);
  });

  it('lets nothing into a command that is no address or host', () => {
    const evil = '1.2.3.4; rm -rf ~';
    const hosts = [...NEEDS.hosts, { name: `$(${evil})`, ports: [443], what: '' }];
    const addresses = [evil, '20.1.2.0/24\nreboot'].map((prefix) => ({ prefix, service: 'ServiceBus' }));
    for (const format of FORMATS) {
      for (const needs of [
        { ...NEEDS, addresses },
        { ...NEEDS, hosts, addresses: null },
      ]) {
        expect(writeAllowList(needs, format)).not.toMatch(/rm -rf|reboot/);
      }
    }
  });

  it('gives comments in place of commands where no range is known', () => {
    for (const format of ['ufw', 'nftables', 'nsg'] as const) {
      expect(writeAllowList({ ...NEEDS, addresses: null }, format)).toMatch(/^(#.*\n)+$/);
    }
    expect(writeAllowList({ ...NEEDS, addresses: null }, 'netsh')).toMatch(/^(rem .*\n)+$/);
  });
});
