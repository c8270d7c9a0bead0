import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import type { ResourceChange, ResourceDraft, ResourceKey, Tags } from '../azure-resources/azure-resources.types.js';
import { locationKey } from '../azure-resources/resource-location.policy.js';
import { parseInstallationId } from './resource-ids.js';

/** Azure's limits of tags: how many, and how long their names and values are. */
const MAX_TAGS = 50;
const MAX_TAG_NAME = 512;
const MAX_TAG_VALUE = 256;

const tagName = z
  .string()
  .min(1)
  .max(MAX_TAG_NAME)
  .regex(/^[^<>%&\\?/]+$/, 'without <, >, %, &, \\, ? and /');

const tagsSchema = z
  .record(tagName, z.string().max(MAX_TAG_VALUE))
  .refine((tags) => Object.keys(tags).length <= MAX_TAGS, `at most ${MAX_TAGS}`);

/**
 * What comes back from whoever read a resource and changes a part of it. What the gateway says of itself is read only:
 * it is checked and then left alone.
 */
const propertiesSchema = z.looseObject({
  connectionGatewayInstallation: z.looseObject({ id: z.string().max(1_000) }).optional(),
  contactInformation: z.array(z.string()).optional(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  machineName: z.string().optional(),
  backendUri: z.string().optional(),
});

/** Body of `PUT` and `PATCH`. */
export const resourceBodySchema = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  location: z.string().min(1).max(100).optional(),
  tags: tagsSchema.nullish(),
  etag: z.string().optional(),
  properties: propertiesSchema.optional(),
});
export type ResourceBody = z.infer<typeof resourceBodySchema>;

/** A whole resource. @throws DomainError VALIDATION_FAILED */
export function toDraft(body: ResourceBody, key: ResourceKey): ResourceDraft {
  const { location, gatewayId, tags } = toChange(body, key);
  if (location === undefined) throw faulty('location', 'required');
  if (gatewayId === undefined) throw faulty('properties.connectionGatewayInstallation', 'required');
  return { location, gatewayId, tags: tags ?? {} };
}

/** @throws DomainError VALIDATION_FAILED */
export function toChange({ name, type, location, tags, properties }: ResourceBody, key: ResourceKey): ResourceChange {
  if (name !== undefined && name.toLowerCase() !== key.name.toLowerCase()) throw faulty('name', 'not the address’s');
  if (type !== undefined && type.toLowerCase() !== 'microsoft.web/connectiongateways') {
    throw faulty('type', 'not Microsoft.Web/connectionGateways');
  }
  const installation = properties?.connectionGatewayInstallation;
  const place = installation && parseInstallationId(installation.id);
  return { gatewayId: place?.gatewayId, location, tags: tags === null ? {} : plain(tags), ...agreed(location, place) };
}

/** An installation's id says where it is, and so does the resource: one of them is wrong if they differ. */
function agreed(location: string | undefined, place: { readonly location: string } | undefined) {
  if (!place || location === undefined || locationKey(location) === place.location) return {};
  throw new DomainError('AZURE_LOCATION_WRONG', { location: locationKey(location), gatewayRegion: place.location });
}

function plain(tags: Tags | undefined): Tags | undefined {
  return tags && { ...tags };
}

function faulty(path: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { path, problem });
}
