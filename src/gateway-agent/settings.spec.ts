import { describe, expect, it } from 'vitest';
import { HELP } from './help.js';
import { EXIT_CODES } from './exit-codes.js';
import { readSettings } from './settings.js';

const REGISTER = ['register', '--control-plane', 'https://control.example', '--name', 'hq', '--region', 'westeurope'];
const read = (args: string[], env: NodeJS.ProcessEnv = {}) => readSettings(args, env);

describe('the command line', () => {
  it('reads a registration', () => {
    expect(read([...REGISTER, '--join-token-file', 'token', '--recovery-key-stdin', '--state', '/s'])).toMatchObject({
      command: 'register',
      controlPlane: 'https://control.example/',
      name: 'hq',
      stateDir: '/s',
      joinToken: { from: 'file', path: 'token' },
      recoveryKey: { from: 'stdin' },
    });
  });

  it('takes the environment where a flag is missing, and the flag before it', () => {
    const env = { TIDEGATE_AGENT_STATE: '/env', LOG_LEVEL: 'warn' };
    expect(read(['run'], env)).toMatchObject({
      stateDir: '/env',
      logLevel: 'warn',
      maxInFlight: 200,
      transport: 'auto',
    });
    expect(read(['run', '--state', '/flag', '--log-level', 'debug'], env)).toMatchObject({
      stateDir: '/flag',
      logLevel: 'debug',
    });
  });

  it('takes shares of the recovery key in its place', () => {
    const shares = ['--recovery-share-file', 'one', '--recovery-share-file', 'two'];
    const paths = ['one', 'two'];
    expect(read(['drill', ...shares])).toMatchObject({ recoveryKey: { from: 'shares', paths } });
    expect(read(['recovery-shares', 'verify', ...shares])).toMatchObject({ action: 'verify', paths });
    const split = ['recovery-shares', 'split', '--threshold', '3', '--shares', '5', '--out', '/o'];
    expect(read(split)).toMatchObject({ action: 'split', threshold: 3, shares: 5, recoveryKey: { from: 'terminal' } });
    const admission = ['--control-plane', 'https://control.example', '--gateway', 'hq'];
    for (const command of ['join', 'restore', 'takeover'])
      expect(read([command, ...admission, ...shares])).toMatchObject({ recoveryKey: { from: 'shares', paths } });
  });

  it.each([
    ['shares and the key itself', ['drill', '--recovery-share-file', 'one', '--recovery-key-stdin']],
    ['shares of a key that is not yet assigned', [...REGISTER, '--recovery-share-file', 'one']],
    ['a split into nothing', ['recovery-shares', '--threshold', '3', '--shares', '5', '--out', '/o']],
    ['more shares needed than made', ['recovery-shares', 'split', '--threshold', '6', '--shares', '5', '--out', '/o']],
    ['a threshold of one', ['recovery-shares', 'split', '--threshold', '1', '--shares', '5', '--out', '/o']],
    ['a thousand shares', ['recovery-shares', 'split', '--threshold', '2', '--shares', '1000', '--out', '/o']],
    ['shares for nowhere', ['recovery-shares', 'split', '--threshold', '2', '--shares', '3']],
    ['nothing to verify', ['recovery-shares', 'verify']],
    ['an unknown command', ['dance']],
    ['an unknown flag', ['run', '--dance']],
    ['a secret on the command line', [...REGISTER, '--recovery-key', 'tide gate at low water']],
    ['a join token on the command line', [...REGISTER, '--join-token', 'tgj_x']],
    ['a registration without a name', REGISTER.filter((text) => text !== '--name' && text !== 'hq')],
    [
      'plain http to another machine',
      ['register', '--control-plane', 'http://control.example', '--name', 'a', '--region', 'b'],
    ],
    [
      'an address with a password',
      ['register', '--control-plane', 'https://u:p@control.example', '--name', 'a', '--region', 'b'],
    ],
    ['two sources of one secret', [...REGISTER, '--join-token-stdin', '--join-token-file', 'x']],
    ['a transport that is none', ['run', '--transport', 'carrier-pigeon']],
    ['too many at once', ['run', '--max-in-flight', '100000']],
    ['a fingerprint that is none', [...REGISTER, '--root-fingerprint', 'abc']],
    ['trust in nobody named', ['trust']],
  ])('refuses %s', (_, args) => {
    expect(() => read(args)).toThrow(expect.objectContaining({ reason: 'usage', exitCode: 2 }) as Error);
  });

  it('takes plain http to this machine, to others only when allowed and never in production', () => {
    const to = (url: string, ...more: string[]) => [
      'register',
      '--control-plane',
      url,
      '--name',
      'a',
      '--region',
      'b',
      ...more,
    ];
    expect(read(to('http://127.0.0.1:8080'))).toMatchObject({ controlPlane: 'http://127.0.0.1:8080/' });
    expect(read(to('http://control.example', '--allow-insecure'))).toMatchObject({ allowInsecure: true });
    expect(() => read(to('http://control.example', '--allow-insecure'), { NODE_ENV: 'production' })).toThrow();
  });

  it('refuses a made-up machine in production', () => {
    const env = { TIDEGATE_MACHINE_ID: 'm1' };
    expect(read(['run'], env)).toMatchObject({ command: 'run' });
    expect(() => read(['run'], { ...env, NODE_ENV: 'production' })).toThrow(/TIDEGATE_MACHINE_ID/);
  });

  it('never repeats a value that may be a secret', () => {
    try {
      read([...REGISTER, '--root-fingerprint', 'needle-in-the-fingerprint']);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain('needle');
    }
  });

  it('explains every exit code', () => {
    for (const code of Object.values(EXIT_CODES)) expect(HELP).toMatch(new RegExp(`^ {2}${code} {2}\\S`, 'm'));
  });
});
