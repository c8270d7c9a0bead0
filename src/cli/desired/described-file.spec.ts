import { describe, expect, it } from 'vitest';
import { CommandError } from '../exit-codes.js';
import { parseDescribed } from './described-file.js';

const mistakes = (text: string): string[] => {
  try {
    parseDescribed(text, 'x.yaml');
  } catch (error) {
    if (error instanceof CommandError) return error.message.split('\n');
    throw error;
  }
  return [];
};

const connection = (credential: string): string => `version: 1
connections:
  - name: a
    gateway: g
    type: Web
    parameters: { url: https://a.example }
    credential: ${credential}
`;

describe('a described file', () => {
  it('is read, and says where its things are', () => {
    const file = parseDescribed('version: 1\ngateways:\n  - name: hq\n    cpuThreshold: 80\n', 'x.yaml');
    expect(file.described).toEqual({ version: 1, gateways: [{ name: 'hq', cpuThreshold: 80 }] });
    expect(file.place(['gateways', 0, 'cpuThreshold'])).toBe('x.yaml:4:5');
  });

  it('is refused with the line of each mistake', () => {
    const text =
      'version: 1\ngatways: []\ngateways:\n  - name: hq\n    cpuThreshold: 101\n    members:\n      - nme: a\n';
    expect(mistakes(text)).toEqual([
      expect.stringMatching(/^x\.yaml:5:5: gateways\[1\]\.cpuThreshold: /),
      expect.stringMatching(/^x\.yaml:7:9: gateways\[1\]\.members\[1\]\.name: /),
      expect.stringMatching(/^x\.yaml:7:9: gateways\[1\]\.members\[1\]\.enabled: /),
      'x.yaml:7:9: gateways[1].members[1].nme is not known',
      'x.yaml:2:1: gatways is not known',
    ]);
  });

  it.each([
    ['version: 1\npolicy: [', /^x\.yaml:2:/],
    ['version: 1\nversion: 1\n', /^x\.yaml:2:1: Map keys must be unique/],
    ['', /^x\.yaml:1:1: the file: /],
    ['version: 2\n', /^x\.yaml:1:1: version: /],
  ])('is refused when it is %j', (text, message) => {
    expect(mistakes(text)[0]).toMatch(message);
  });

  it('holds no password, and exactly one place where it is', () => {
    expect(mistakes(connection('{ type: Basic, username: u, password: hunter2 }'))[0]).toContain(
      'password is not known',
    );
    expect(mistakes(connection('{ type: Basic, username: u }'))[0]).toContain('exactly one of passwordFile');
    expect(mistakes(connection('{ type: Basic, username: u, prompt: true, passwordEnv: P }'))).toHaveLength(1);
    expect(mistakes(connection('{ type: Basic, username: u, prompt: true }'))).toEqual([]);
    expect(mistakes(connection('{ type: Key, keyEnv: K }'))).toEqual([]);
    expect(mistakes(connection('{ type: Anonymous, username: u }'))).toHaveLength(1);
    expect(mistakes(connection('{ type: OAuth2, fields: [{ name: a, value: b, file: c }] }'))).toHaveLength(1);
  });

  it('does not unfold references without end', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, at) => {
        const before = 'abcdefg'[at] ?? '';
        return `${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`;
      }),
    ].join('\n');
    expect(mistakes(bomb)[0]).toContain('cannot be unfolded');
  });
});
