import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { REMOVED, redactLogLine, redactText } from './redaction.js';

const encodings = (text: string) => {
  const bytes = Buffer.from(text);
  return [text, encodeURIComponent(text), bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('hex').toUpperCase(), JSON.stringify(text)]; // prettier-ignore
};

describe('redaction', () => {
  it('finds a secret that is known in whatever way it is written', () => {
    const secret = 'ebb?>~~ÿ "odd" word';
    for (const form of encodings(secret)) {
      const shown = redactText(`before ${form} behind`, [secret]);
      expect(shown, form).toContain(REMOVED);
      expect(shown.replaceAll(/["=]/g, ''), form).toBe(`before ${REMOVED} behind`);
    }
  });

  it.each([
    'password=hunter2',
    'password: hunter2',
    '{"apiKey":"hunter2"}',
    '{\\"clientsecret\\":\\"hunter2\\"}',
    'Authorization: Bearer hunter2',
    'Proxy-Authorization: Basic hunter2',
    'http://user:hunter2@proxy.example:3128/',
    'postgres://app:hunter2@db/sales',
    'sb://x/?sig=hunter2&se=1',
    'SharedAccessSignature sr=a&sig=hunter2',
    'recovery-key hunter2'.replace(' ', '='),
    '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----',
    '-----BEGIN EC PRIVATE KEY-----\nhunter2',
    'tgj_hunter2.abc',
  ])('takes a secret out of %j though nobody knows it', (text) => {
    expect(redactText(text)).not.toContain('hunter2');
  });

  it('takes out long keys and tokens, and leaves ids, trace ids and sentences', () => {
    const key = randomBytes(32);
    for (const text of [key.toString('base64'), key.toString('base64url'), key.toString('hex')]) {
      expect(redactText(`x ${text} y`)).toBe(`x ${REMOVED} y`);
    }
    const [id, traceId] = [randomUUID(), randomBytes(16).toString('hex')];
    const plain = `request ${id} of trace ${traceId}: the port 5671 is closed`;
    expect(redactText(plain)).toBe(plain);
  });

  it('shows of a log line only fields that are known to be harmless, and these redacted', () => {
    const traceId = randomBytes(16).toString('hex');
    const line = JSON.stringify({ level: 'warn', event: 'e', traceId, ms: 7, isRead: true, msg: 'password=abc', row: 'Alice', err: { a: 1 } }); // prettier-ignore
    expect(JSON.parse(redactLogLine(line))).toEqual({ level: 'warn', event: 'e', traceId, ms: 7, isRead: true, msg: `password=${REMOVED}`, row: REMOVED, err: REMOVED }); // prettier-ignore
    for (const odd of ['no json', '"text"', '[1]', '', 'null']) expect(redactLogLine(odd)).toBe(REMOVED);
  });
});
