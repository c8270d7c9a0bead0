import { createHmac } from 'node:crypto';
import type { RelayKey } from '../config/relay.js';

/** Minted tokens live this long. The client puts its token anew every 45 minutes and no sooner, so it must outlive that. */
export const TOKEN_MS = 60 * 60 * 1000;

/**
 * Mints a shared access signature. Rights are those of the rule; the resource narrows where they hold.
 *
 * @param resource `sb://host/path`; one that ends with a slash covers everything below it
 * @see learn.microsoft.com/azure/service-bus-messaging/service-bus-sas, "Generate a Shared Access Signature token"
 */
export function mintToken({ name, key }: RelayKey, resource: string, expiresAt: Date): string {
  const sr = encodeURIComponent(resource);
  const se = Math.floor(expiresAt.getTime() / 1000);
  const sig = createHmac('sha256', key).update(`${sr}\n${se}`).digest('base64');
  return `SharedAccessSignature sr=${sr}&sig=${encodeURIComponent(sig)}&se=${se}&skn=${encodeURIComponent(name)}`;
}
