import { describe, expect, it } from 'vitest';
import { readSettings } from '../settings.js';

const read = (...words: string[]) => readSettings(['service', ...words], {});

describe('the settings of the service command', () => {
  it('are read, with flags of run behind two dashes', () => {
    const words = ['--write-path', '/srv/a', '--write-path', '/srv/b', '--credential', 'proxy=/etc/x', '--', '--no-remote-updates']; // prettier-ignore
    expect(read('install', '--account', 'svc', ...words)).toMatchObject({
      action: 'install',
      account: 'svc',
      start: true,
      writePaths: ['/srv/a', '/srv/b'],
      credentials: [{ name: 'proxy', path: '/etc/x' }],
      runFlags: ['--no-remote-updates'],
    });
  });

  it.each([
    [['restart'], 'needs to be told what to do'],
    [[], 'needs to be told what to do'],
    [['install', '--', '--no-such-flag'], 'no-such-flag'],
    [['install', '--', '--state', '/x'], '--state'],
    [['install', '--', '--managed'], '--managed'],
    [['stop', '--', '--no-remote-updates'], 'service install'],
    [['set-account'], '--account: is missing'],
    [['install', '--account', 'a\nUser=root'], 'is not the name of an account'],
    [['install', '--account', '-x'], '--account'],
    [['install', '--account', "x'; Remove-Item"], 'is not the name of an account'],
    [['install', '--write-path', 'relative'], '--write-path'],
    [['install', '--write-path', '/a\nExecStart=/bin/sh'], '--write-path'],
    [['install', '--credential', 'x=y'], '--credential'],
    [['install', '--credential', '../x=/y'], '--credential'],
  ])('refuse %j', (words, reason) => {
    expect(() => read(...words)).toThrow(reason);
  });

  it.each([
    'NT SERVICE\\TidegateAgent',
    'CONTOSO\\svc gate',
    'CONTOSO\\gate$',
    'svc@contoso.example',
    'tidegate-agent',
  ])('take the account %s', (account) => {
    expect(read('install', '--account', account)).toMatchObject({ account });
  });
});
