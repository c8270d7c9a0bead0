import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installCommand, PLATFORMS, type InstallGoal } from './install-commands.js';

const NAME = `a 'quoted' & "piped" | \\name; $(id)`;
const goal: InstallGoal = {
  origin: 'https://tide.example',
  version: '3000.342.1',
  gatewayName: NAME,
  region: 'westeurope',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-commands-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command in bash with stand-ins that note their arguments, one a line. */
function run(command: string): string {
  const noted = join(folder, 'noted');
  writeFileSync(noted, '');
  const note = `note() { printf '%s\\n' "$@" >>${noted}; }; sudo() { note "$@"; }; kubectl() { if [ "$1" = apply ]; then cat >>${noted}; fi; }`;
  const script = `${note}; read() { :; }; export SHA256=abc; cd ${folder}; ${command}`;
  execFileSync('bash', ['-c', script]);
  return readFileSync(noted, 'utf8');
}

describe('the command that installs an agent', () => {
  it('gives the name to the installer as it is, whatever stands in it', () => {
    const lines = run(installCommand('linux', goal)).split('\n');
    expect(lines[lines.indexOf('--name') + 1]).toBe(NAME);
    expect(lines[lines.indexOf('--region') + 1]).toBe('westeurope');
    expect(lines[lines.indexOf('--sha256') + 1]).toBe('abc');
  });

  it('joins a gateway where it is no new one', () => {
    const lines = run(installCommand('linux', { ...goal, region: undefined })).split('\n');
    expect(lines[lines.indexOf('--gateway') + 1]).toBe(NAME);
    expect(lines).not.toContain('--region');
  });

  it('does the same in a container', () => {
    expect(run(installCommand('container', goal)).split('\n')).toContain(`--name=${NAME}`);
  });

  it('puts the name into the manifest as a text of YAML', () => {
    writeFileSync(join(folder, 'kubernetes.yaml'), '  gateway-name: cluster.west\n  region: westeurope\n');
    expect(run(installCommand('kubernetes', goal))).toContain(`  gateway-name: ${JSON.stringify(NAME)}\n`);
  });

  it('turns the manifest into one that joins', () => {
    const manifest = '            - register\n            - --name=$(GATEWAY_NAME)\n            - --region=$(REGION)\n';
    writeFileSync(join(folder, 'kubernetes.yaml'), manifest);
    const applied = run(installCommand('kubernetes', { ...goal, region: undefined }));
    expect(applied).toBe('            - join\n            - --gateway=$(GATEWAY_NAME)\n');
  });

  it('doubles what ends a text of PowerShell', () => {
    expect(installCommand('windows', { ...goal, gatewayName: "it's ’fine’" })).toContain("-Name 'it''s ’’fine’’'");
  });

  it.each(PLATFORMS)('holds no secret and asks for both, on %s', (platform) => {
    const command = installCommand(platform, goal);
    expect(command).toMatch(/Join token/);
    expect(command).toMatch(/Recovery key/);
  });
});
