import { randomUUID } from 'node:crypto';
import { sealCredential, type CredentialPair } from '../../src/contract/sealed-credential.js';
import type { E2eStack } from './e2e-stack.js';
import { SurfaceClient, TunnelClient, type Thing } from './surface-client.js';
import { ARM_ERROR } from './surface-schemas/arm.js';
import { CONNECTOR_ERROR } from './surface-schemas/connector.js';
import { FABRIC_ERROR, fabricPage } from './surface-schemas/fabric.js';
import { odataList, POWER_BI_ERROR } from './surface-schemas/power-bi.js';

/** The clients that exist today, each with the headers that it sends. */
export function surfaceClients(stack: E2eStack) {
  const powerFx = (user: string) => ({
    stack,
    user,
    error: CONNECTOR_ERROR,
    headers: {
      'x-ms-client-session-id': randomUUID(),
      'x-ms-client-environment-id': `/providers/Microsoft.PowerApps/environments/${stack.environment('contoso.europe')}`,
      'x-ms-user-agent': 'PowerFx/1.3.0',
    },
  });
  return {
    fabric: (user: string) => new SurfaceClient({ stack, user, error: FABRIC_ERROR, list: fabricPage }),
    powerBi: (user: string) => new SurfaceClient({ stack, user, error: POWER_BI_ERROR, list: odataList }),
    powerShell: (user: string) =>
      new SurfaceClient({
        ...{ stack, user, error: POWER_BI_ERROR, list: odataList },
        headers: { 'user-agent': 'MicrosoftPowerBIMgmt-Gw-InvokeRest/3000.0.0' },
      }),
    azureCli: (user: string) => new SurfaceClient({ stack, user, error: ARM_ERROR }),
    classicPowerFx: (user: string) => new TunnelClient(powerFx(user)),
    newerPowerFx: (user: string) => {
      const id = randomUUID();
      const { headers, ...rest } = powerFx(user);
      return new SurfaceClient({
        ...rest,
        headers: { ...headers, 'x-ms-client-request-id': id, 'x-ms-correlation-id': id },
      });
    },
  };
}

/** The login of the sample database, sealed to a key as v1.0 and Fabric publish it. */
export function sealedLogin(stack: E2eStack, publicKey: unknown, password?: string): Promise<string> {
  const { database } = stack.stack.site;
  const pairs: CredentialPair[] = [
    { name: 'username', value: database.username },
    { name: 'password', value: password ?? database.password },
  ];
  return sealCredential(publicKey as Parameters<typeof sealCredential>[0], pairs);
}

/** The key of a member as v2.0 publishes it: the XML of .NET in base64. */
export function keyInXml(member: Thing): { exponent: string; modulus: string } {
  const xml = Buffer.from(String(member['publicKey']), 'base64').toString('utf8');
  const of = (name: string): string => new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1] ?? '';
  return { exponent: of('Exponent'), modulus: of('Modulus') };
}

/** Where the sample database is, in the parameters that all surfaces know. */
export function sampleDatabase(stack: E2eStack): { server: string; database: string } {
  const { host, port, database } = stack.stack.site.database;
  return { server: `${host}:${port}`, database };
}
