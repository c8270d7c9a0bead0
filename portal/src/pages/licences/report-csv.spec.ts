import { describe, expect, it } from 'vitest';
import { reportCsv } from './report-csv.js';

const ORIGIN = 'https://portal.example';

describe('export of the licence report', () => {
  it('joins the pages under one heading and never leaves the origin', async () => {
    const asked: string[] = [];
    const send = (request: Request): Promise<Response> => {
      asked.push(request.url);
      expect(request.headers.get('accept')).toBe('text/csv');
      const isFirst = asked.length === 1;
      const link = '<https://inside.example/v1/licences/report?isEligible=false&continuationToken=2>; rel="next"';
      const body = isFirst ? 'id,plan\r\n1,none\r\n' : 'id,plan\r\n2,none\r\n';
      return Promise.resolve(new Response(body, { headers: isFirst ? { link } : {} }));
    };
    let table = '';
    for await (const part of reportCsv({ send, origin: ORIGIN }, 'false')) table += part;
    expect(table).toBe('id,plan\r\n1,none\r\n2,none\r\n');
    expect(asked).toEqual([
      `${ORIGIN}/v1/licences/report?isEligible=false`,
      `${ORIGIN}/v1/licences/report?isEligible=false&continuationToken=2`,
    ]);
  });
});
