import { describe, expect, it } from 'vitest';
import { MessageSplitter } from './message-splitter.js';
import { MalformedRow, readRow } from './row-reader.js';

type Value = string | null;

function message(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind, 'latin1');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function row(values: readonly Value[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeUInt16BE(values.length);
  const parts = values.map((value) => {
    const text = Buffer.from(value ?? '');
    const length = Buffer.alloc(4);
    length.writeInt32BE(value === null ? -1 : text.length);
    return Buffer.concat([length, text]);
  });
  return message('D', Buffer.concat([count, ...parts]));
}

const ROWS: readonly (readonly Value[])[] = [
  ['1', 'plain', null, ''],
  ['2', 'Grüße, 東京 🦆', null, 'after it'],
  ['3', 'x'.repeat(300), 'y'.repeat(20_000), 'ö'.repeat(9_000)],
  [],
  [null, null, null, null],
];
const BEFORE = [message('1', Buffer.alloc(0)), message('T', Buffer.from('fields'))];
const AFTER = [message('C', Buffer.from('SELECT 5\0')), message('Z', Buffer.from('I'))];
const ANSWER = Buffer.concat([...BEFORE, ...ROWS.map(row), ...AFTER]);

describe('what a server says', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 64, 1_000, 8_192, ANSWER.length])('is the same in pieces of %i bytes', (size) => {
    const others: Buffer[] = [];
    const rows: (readonly Value[])[] = [];
    const splitter = new MessageSplitter((messages) => others.push(messages));
    splitter.sink = { takeRow: (bytes, start, end) => rows.push(readRow(bytes, start, end)) };
    for (let at = 0; at < ANSWER.length; at += size) splitter.take(ANSWER.subarray(at, at + size));
    expect(rows).toEqual(ROWS);
    expect(Buffer.concat(others).equals(Buffer.concat([...BEFORE, ...AFTER]))).toBe(true);
  });

  it('comes whole and in order when nobody waits for rows', () => {
    const others: Buffer[] = [];
    const splitter = new MessageSplitter((messages) => others.push(messages));
    splitter.take(ANSWER);
    expect(Buffer.concat(others).equals(ANSWER)).toBe(true);
  });

  it('reaches the one before the row behind it', () => {
    const seen: string[] = [];
    const splitter: MessageSplitter = new MessageSplitter(() => {
      seen.push('other');
      splitter.sink = { takeRow: () => seen.push('row') };
    });
    splitter.take(Buffer.concat([...BEFORE, row(['1'])]));
    expect(seen).toEqual(['other', 'row']);
  });
});

describe('a row that is none', () => {
  const read = (bytes: Buffer) => () => readRow(bytes, 5, bytes.length);
  it.each([
    ['has no number of values', message('D', Buffer.from([0]))],
    ['ends before a length', message('D', Buffer.from([0, 2, 0, 0, 0, 1, 65, 0]))],
    ['ends before a value does', message('D', Buffer.from([0, 1, 0, 0, 0, 9, 65]))],
  ])('is refused when it %s', (_, bytes) => {
    expect(read(bytes)).toThrow(MalformedRow);
  });
});
