import { z } from 'zod';

const common = {
  contactInformation: z.array(z.string()).optional(),
  displayName: z.string(),
  description: z.string().optional(),
  machineName: z.string().optional(),
  status: z.literal('Installed'),
  backendUri: z.url(),
};

const referenceSchema = z.object({ id: z.string(), name: z.string(), type: z.string() });

export const connectionGatewaySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.literal('Microsoft.Web/connectionGateways'),
    location: z.string(),
    etag: z.string(),
    tags: z.record(z.string(), z.string()),
    properties: z.object({
      ...common,
      connectionGatewayInstallation: referenceSchema.extend({ location: z.string() }),
    }),
  })
  .meta({ id: 'ArmConnectionGateway' });
export type ConnectionGatewayAnswer = z.infer<typeof connectionGatewaySchema>;

export const installationSchema = z
  .object({
    id: z.string(),
    name: z.guid(),
    type: z.literal('Microsoft.Web/locations/connectionGatewayInstallations'),
    location: z.string(),
    properties: z.object({ ...common, connectionGateway: referenceSchema.optional() }),
  })
  .meta({ id: 'ArmConnectionGatewayInstallation' });
export type InstallationAnswer = z.infer<typeof installationSchema>;
