import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bashCompletion, fishCompletion, vocabularyOf, zshCompletion } from './completion.js';
import { EXIT_CODE_TABLE } from './exit-codes.js';
import { printable, showValue } from './output/printable.js';
import { renderTable } from './output/table.js';
import { buildProgram } from './program.js';
import { runCommand } from './run-command.js';
import { configFolder } from './settings.js';
import { PRODUCT_VERSION } from '../contract/version.js';
import type { Shell } from './shell.js';
import { safeAddress } from './sign-in/address.js';

/** Nobody at a terminal, nothing in the environment. */
function nowhere() {
  const said: string[] = [];
  const written: string[] = [];
  const shell: Shell = {
    env: { XDG_CONFIG_HOME: '/nowhere' },
    isInteractive: false,
    hasColours: false,
    input: (async function* () {})(),
    write: async (text) => void written.push(String(text)),
    note: (text) => void said.push(text),
    ask: () => Promise.reject(new Error('nobody is here')),
    askHidden: () => Promise.reject(new Error('nobody is here')),
  };
  return { shell, said, written };
}

const run = async (...words: string[]) => {
  const { shell, said, written } = nowhere();
  return { code: await runCommand(shell, words), said: said.join('\n'), written: written.join('') };
};

describe('the command line', () => {
  it.each([
    [['gatways'], 'Did you mean gateways?'],
    [['gateways', 'list', '--regon', 'x'], 'Did you mean --region?'],
    [['gateways', 'show'], "missing required argument 'gateway'"],
    [['gateways', 'set', 'x', '--cpu-threshold', 'much'], 'It is a whole number.'],
    [['login', '--url', 'http://tidegate.example'], 'ADDRESS_UNSAFE'],
    [['join-tokens', 'create', '--gateway', 'x'], 'Give --output or --show.'],
    [['gateways', 'list'], 'NOT_SIGNED_IN'],
    [['gateways', 'show', 'x', '--version'], "unknown option '--version'"],
  ])('refuses %j', async (words, message) => {
    const { code, said } = await run(...words);
    expect(code).toBe(1);
    expect(said).toContain(message);
  });

  it.each([['--version'], ['version']])('shows its version: %s', async (word) => {
    expect(await run(word)).toEqual({ code: undefined, said: '', written: `${PRODUCT_VERSION}\n` });
  });

  it('says the same as JSON when that is asked for', async () => {
    const { said } = await run('gateways', 'list', '--json');
    expect(JSON.parse(said)).toMatchObject({ error: { code: 'NOT_SIGNED_IN' } });
  });

  it('keeps the exit codes of verifying an export', async () => {
    expect((await run('audit', 'verify')).code).toBe(2);
    expect((await run('audit', 'verify', '/nowhere/at/all')).code).toBe(2);
  });

  it('takes no secret as an option', () => {
    const program = buildProgram(nowhere().shell);
    const flags = [...vocabularyOf(program).values()].flat().filter((word) => word.startsWith('--'));
    expect(flags.filter((flag) => /password|passphrase|^--(token|secret|key)$/.test(flag))).toEqual([]);
  });

  it('has a description for everything', () => {
    const look = (command: ReturnType<typeof buildProgram>): string[] => [
      ...(command.description() === '' ? [command.name()] : []),
      ...command.commands.flatMap(look),
    ];
    expect(look(buildProgram(nowhere().shell))).toEqual([]);
  });

  it('completes in three shells', () => {
    const words = vocabularyOf(buildProgram(nowhere().shell));
    expect(words.get('gateways')).toContain('list');
    expect(words.get('gateways list')).toContain('--region');
    for (const script of [bashCompletion, zshCompletion, fishCompletion])
      expect(script(words)).toContain('join-tokens');
  });

  it('says in docs/cli.md what its exit codes mean', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/cli.md'), 'utf8').replace(/ {2,}/g, ' ');
    for (const [command, code, meaning] of EXIT_CODE_TABLE) {
      expect(text).toContain(`| ${command} | ${code} | ${meaning} |`);
    }
  });

  it('names every command in docs/cli.md', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/cli.md'), 'utf8');
    const words = [...vocabularyOf(buildProgram(nowhere().shell)).keys()].filter((path) => path !== '');
    expect(words.filter((path) => !text.includes(`tidegate ${path}`))).toEqual([]);
  });
});

describe('what is printed', () => {
  it('moves no cursor', () => {
    expect(printable('a\u001b[2J\r\nb')).toBe('a [2J b');
    expect(renderTable([['name', (row: string) => row]], ['x\u001b]0;y\u0007'])).toBe('NAME\nx ]0;y');
  });

  it('reads well', () => {
    expect(showValue({ a: 1, b: null, c: [true, 'x'] })).toBe('a 1, c yes, x');
    expect(showValue([])).toBe('-');
  });
});

describe('a sign-in', () => {
  it('is kept where the person’s settings are', () => {
    expect(configFolder({ XDG_CONFIG_HOME: '/home/a/.cfg' })).toBe('/home/a/.cfg/tidegate');
    expect(configFolder({ XDG_CONFIG_HOME: 'relative' })).toMatch(/\/\.config\/tidegate$/);
  });

  it('goes only where nobody listens', () => {
    expect(safeAddress('https://tidegate.example/')).toBe('https://tidegate.example');
    expect(safeAddress('http://localhost:8080')).toBe('http://localhost:8080');
    expect(() => safeAddress('http://localhost.evil.example')).toThrow('in the clear');
    expect(() => safeAddress('nonsense')).toThrow('is not an address');
  });
});
