import { describe, expect, it } from 'vitest';
import { createTidegateClient } from '../../../../src/client/tidegate-client.js';
import { sendImport } from './send-import.js';

const RESULT = { created: 1, updated: 0, unchanged: 0 };
const CSV = 'display name,region\n"Ops, west",europe\n';

describe('import of environments', () => {
  it('sends CSV as it was pasted', async () => {
    const { sent, client } = recording();
    expect(await sendImport(client, CSV)).toEqual(RESULT);
    expect(sent).toEqual([{ type: 'text/csv; charset=utf-8', body: CSV }]);
  });

  it('sends Power Platform’s list as it is, and a bare array as ours', async () => {
    const { sent, client } = recording();
    await sendImport(client, ' {"value":[]}');
    await sendImport(client, '[{"displayName":"Ops"}]');
    expect(sent).toEqual([
      { type: 'application/json', body: '{"value":[]}' },
      { type: 'application/json', body: '{"environments":[{"displayName":"Ops"}]}' },
    ]);
  });

  it('sends nothing of what begins like JSON and is none', async () => {
    const { sent, client } = recording();
    await expect(sendImport(client, '{"value":')).rejects.toBeInstanceOf(SyntaxError);
    expect(sent).toEqual([]);
  });
});

function recording() {
  const sent: { type: string | null; body: string }[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    sent.push({ type: request.headers.get('content-type'), body: await request.text() });
    return Response.json(RESULT);
  };
  const client = createTidegateClient({ baseUrl: 'https://portal.example', token: () => Promise.resolve('t'), fetch });
  return { sent, client };
}
