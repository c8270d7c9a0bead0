import { readFile } from 'node:fs/promises';
import { ClientSecretCredential, DefaultAzureCredential, type TokenCredential } from '@azure/identity';
import type { AppConfig } from '../../config/env.js';

/** Where the public cloud signs in; instance discovery asks Microsoft about any other authority, which only it can answer for. */
const PUBLIC_AUTHORITY = 'https://login.microsoftonline.com';

/** What the control plane itself signs in with: a secret from a file where one is configured, else what the platform gives. */
export async function serviceCredential(config: AppConfig): Promise<TokenCredential> {
  const { serviceClientId, serviceClientSecretFile, serviceTenant, authority } = config;
  const isForeign = authority !== PUBLIC_AUTHORITY;
  const options = {
    authorityHost: authority,
    // Licences are read in the directory of each tenant served, not only in the service's own.
    additionallyAllowedTenants: ['*'],
    disableInstanceDiscovery: isForeign,
  };
  if (serviceClientId === undefined || serviceClientSecretFile === undefined)
    return new DefaultAzureCredential(options);
  const secret = (await readFile(serviceClientSecretFile, 'utf8')).trim();
  return new ClientSecretCredential(serviceTenant ?? 'organizations', serviceClientId, secret, options);
}
