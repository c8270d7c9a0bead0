import { describe, expect, it } from 'vitest';
import { rewriteAzure } from './azure.js';

const SUBSCRIPTION = '34ADFA4F-cedf-4dc0-ba29-b6d1a69ab345';
const ROUTED = `/subscriptions/${SUBSCRIPTION}/resourceGroups/Providers/providers/Microsoft.Web/connectionGateways/locations`;

describe('addresses of Azure resources', () => {
  it.each([
    [ROUTED, ROUTED],
    [
      `/Subscriptions/${SUBSCRIPTION}/resourcegroups/Providers/PROVIDERS/microsoft.web/connectiongateways/locations`,
      ROUTED,
    ],
    [
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/Providers/providers/Microsoft.Web//connectionGateways/locations`,
      ROUTED,
    ],
    [
      `//subscriptions/${SUBSCRIPTION}/resourceGroups/Providers/providers/Microsoft.Web/connectionGateways//locations/`,
      ROUTED,
    ],
    [
      `/subscriptions/x/providers/microsoft.web/LOCATIONS/West%20Europe/ConnectionGatewayInstallations/ID?API-Version=A&b=C`,
      `/subscriptions/x/providers/Microsoft.Web/locations/West%20Europe/connectionGatewayInstallations/ID?api-version=A&b=C`,
    ],
    ['/subscriptions', '/subscriptions'],
    ['/SUBSCRIPTIONS?x=//', '/subscriptions?x=//'],
  ])('are routed in one spelling, names and ids as they were sent: %s', (url, routed) => {
    expect(rewriteAzure(url)).toBe(routed);
  });

  it.each(['/v1/subscriptions//x', '/subscriptionsx//y', '/apim/http/x//subscriptions', '/', '*'])(
    'are the only ones touched: %s',
    (url) => expect(rewriteAzure(url)).toBe(url),
  );
});
