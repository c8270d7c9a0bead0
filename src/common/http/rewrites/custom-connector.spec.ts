import { describe, expect, it } from 'vitest';
import { SOURCE_KINDS } from '../../../contract/targets.js';
import { rewriteCustomConnector } from './custom-connector.js';

const ID = '91d0f6b8-7f52-4c61-8f0e-3d1a2b4c5d04';

describe('a call of a custom connector', () => {
  it.each([
    [`/apim/contoso/${ID}/v1/orders?x=/apim/y/z`, `/apim/http/${ID}/v1/orders?x=/apim/y/z`],
    [`/apim/shared_contoso-5fapi-5f0123/${ID}`, `/apim/http/${ID}`],
    [`/apim/My%20API/${ID}/a%2Fb//c?`, `/apim/http/${ID}/a%2Fb//c?`],
    [`/apim/contoso/${ID}/postgresql/x`, `/apim/http/${ID}/postgresql/x`],
  ])('leads to the web API of its connection, the rest of it as sent: %s', (url, routed) => {
    expect(rewriteCustomConnector(url)).toBe(routed);
  });

  it.each([
    ...SOURCE_KINDS.map((kind) => `/apim/${kind}/${ID}/x`),
    `/apim/PostgreSQL/${ID}/v2/datasets`,
    '/apim',
    '/apim/',
    '/apim/contoso',
    '/apim//x',
    '/apimx/contoso/x',
    '/v1/apim/contoso/x',
    `?/apim/contoso/${ID}`,
  ])('is no other call: %s', (url) => {
    expect(rewriteCustomConnector(url)).toBe(url);
  });
});
