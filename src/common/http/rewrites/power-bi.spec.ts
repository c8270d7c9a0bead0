import { describe, expect, it } from 'vitest';
import { rewritePowerBi } from './power-bi.js';

const ID = '0b1c1a2e-7a0c-4a5f-9a53-2a6f1c5b6f10';

describe('addresses of Power BI', () => {
  it.each([
    ['/v2.0/myorg/gatewayclusters', '/v2.0/myorg/gatewayClusters'],
    ['/V2.0/MyOrg/Me/GATEWAYCLUSTERS?$expand=Permissions', '/v2.0/myorg/me/gatewayClusters?$expand=Permissions'],
    [`/v2.0/myorg/me/gatewayclusters(${ID})/status`, `/v2.0/myorg/me/gatewayClusters/${ID}/status`],
    [
      `/v2.0/myorg/gatewayClusters('${ID}')/membergateways(${ID})`,
      `/v2.0/myorg/gatewayClusters/${ID}/memberGateways/${ID}`,
    ],
    [`/v2.0/myorg/gatewayClusters(%27${ID}%27)`, `/v2.0/myorg/gatewayClusters/${ID}`],
    [`/v1.0/myorg//Gateways/${ID}/dataSources/`, `/v1.0/myorg/gateways/${ID}/datasources`],
    [
      `/v1.0/myorg/gateways/${ID}/datasources/${ID}/users/Status`,
      `/v1.0/myorg/gateways/${ID}/datasources/${ID}/users/Status`,
    ],
    ['/v1.0/myorg/gateways?x=//Gateways', '/v1.0/myorg/gateways?x=//Gateways'],
    ['/v1.0/myorg/datasets/Default.BindToGateway', '/v1.0/myorg/datasets/Default.BindToGateway'],
    ['/v1.0/myorg/gateways/()', '/v1.0/myorg/gateways/()'],
  ])('%s is routed as %s', (sent, routed) => {
    expect(rewritePowerBi(sent)).toBe(routed);
  });

  it.each(['/v1/Gateways', '/apim/http/x/V1.0//Gateways', '/subscriptions/a//b', '/v1.00/Gateways', '*'])(
    'leaves %s to others',
    (url) => {
      expect(rewritePowerBi(url)).toBe(url);
    },
  );
});
