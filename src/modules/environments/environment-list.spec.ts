import { describe, expect, it } from 'vitest';
import { CsvText } from '../../common/http/csv-text.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { readEnvironmentList } from './environment-list.js';
import type { EnvironmentList } from './environments.types.js';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'bbbbbbbb-0000-4000-8000-000000000002';

function faults(list: EnvironmentList): string[] {
  try {
    readEnvironmentList(list);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { details } = error;
    const places = Object.keys(details).filter((name) => name.startsWith('path'));
    return places.map((name) => `${details[name]}: ${details[name.replace('path', 'problem')]}`);
  }
  return [];
}

describe('a list of environments', () => {
  it.each([
    [
      'by name of column, in any order and case',
      `REGION,Notes,Environment ID,DisplayName\neurope,x,${A.toUpperCase()},A`,
    ],
    ['with a byte order mark, Windows line ends and blank lines', `\ufeffid,name,location\r\n\r\n${A},A,europe\r\n`],
    ['separated by semicolons', `id;name;region\n${A};A;europe`],
    ['with quoted fields', `"id","name","region"\n"${A}","A","Europe"`],
  ])('is read %s', (_, text) => {
    expect(readEnvironmentList(new CsvText(text))).toEqual([
      { place: expect.stringMatching(/^line [23]$/) as string, id: A, displayName: 'A', region: 'europe' },
    ]);
  });

  it('counts physical lines, whatever stands between', () => {
    const text = `id,name,region\r\n${A},"A",europe\r\n\r\n${B},B,mars\r\n,,\r\n`;
    expect(faults(new CsvText(text))).toEqual([
      'line 4: region: "mars" is not in the region map',
      'line 5: displayName: Too small: expected string to have >=1 characters',
      'line 5: region: nothing is not in the region map',
    ]);
  });

  it.each([
    ['id,name\n', 'line 1: no column is headed region or location'],
    ['', 'line 1: the header is missing'],
    [`id,name,region\n${A},A\n`, 'line 2: has 2 columns, the header 3'],
    [`id,name,region\nx,A,asia\n`, 'line 2: id: "x" is not a GUID'],
    [`id,name,region\n${A},A,asia\n${A},B,asia`, 'line 3: id: stands at line 2 already'],
    [`id,name,region\n${A},A,asia\n${B},A,asia`, 'line 3: displayName: stands at line 2 already'],
    [
      `id,name,region\n${A},A,asia\n${B},"B,asia\n\n`,
      'line 3: a quotation mark is not closed, or stands inside a field',
    ],
    [
      `id,name,region\n\n${B},"B,asia\n${A},"A",asia`,
      'line 3: a quotation mark is not closed, or stands inside a field',
    ],
    [`${'x,'.repeat(200)}\n`, 'line 1: has 201 columns; at most 100'],
  ])('with the fault %j names it', (text, fault) => {
    expect(faults(new CsvText(text))).toEqual([fault]);
  });

  it('names the first twenty faults and counts the others', () => {
    const rows = Array.from({ length: 30 }, () => 'nowhere');
    expect.assertions(2);
    try {
      readEnvironmentList({ environments: rows.map((region, n) => ({ displayName: `e ${n}`, region })) });
    } catch (error) {
      expect((error as DomainError).details).toMatchObject({
        path: 'environments.0',
        path20: 'environments.19',
        more: 10,
      });
      expect((error as DomainError).details).not.toHaveProperty('path21');
    }
  });

  it('has at most ten thousand rows', () => {
    const row = (_: unknown, n: number) => ({ displayName: `e ${n}`, region: 'asia' });
    expect(readEnvironmentList({ environments: Array.from({ length: 10_000 }, row) })).toHaveLength(10_000);
    const problem = 'rows: at most 10000 at once';
    expect(faults({ environments: Array.from({ length: 10_001 }, row) })).toEqual([problem]);
    const text = ['name,region', ...Array.from({ length: 10_001 }, (_, n) => `e ${n},asia`)].join('\n');
    expect(faults(new CsvText(text))).toEqual([problem]);
  });

  it.each([null, 7, 'x', [], { name: A, location: 'asia' }, { location: 'asia', properties: { displayName: 'A' } }])(
    "refuses %j as an entry of Power Platform's list",
    (entry) => {
      expect(faults({ value: [entry] })[0]).toMatch(/^value\.0: /);
    },
  );
});
