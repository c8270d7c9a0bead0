import { z } from 'zod/mini';

const portalConfigSchema = z.object({
  /** Base of the directory; a tenant's metadata is below `{authority}/{tenantId}/v2.0`. */
  authority: z.string(),
  clientId: z.string(),
  scope: z.string(),
  version: z.string(),
  /** Organisations to choose from; empty where the directory finds out by itself. */
  tenants: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type PortalConfig = z.infer<typeof portalConfigSchema>;

/** What the control plane tells the portal about itself. @throws Error when it cannot be reached */
export async function readPortalConfig(): Promise<PortalConfig> {
  const response = await fetch('/portal/config.json', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`the control plane answered ${response.status}`);
  return portalConfigSchema.parse(await response.json());
}
