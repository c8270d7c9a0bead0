import '../not-in-production.js';
import type { DevelopmentSecrets } from '../development-secrets.js';
import {
  CONTROL_PLANE_CLIENT_ID,
  CONTROL_PLANE_OBJECT_IDS,
  PUBLISHER_CLIENT_ID,
  PUBLISHER_OBJECT_ID,
  SERVICE_PRINCIPALS,
  TENANTS,
  USERS,
  type TenantName,
} from '../seed-data.js';
import type { DirectoryApp, DirectoryTenant } from './directory.js';

/** The seeded tenants with their people and applications, and the passwords of a state folder. */
export function developmentDirectory(secrets: DevelopmentSecrets): DirectoryTenant[] {
  return TENANTS.map(({ id, name }, index) => ({
    id,
    users: USERS.filter(({ tenant }) => tenant === name).map((user) => ({
      objectId: user.objectId,
      username: user.username,
      displayName: user.displayName,
      password: secretOf(secrets.users, user.name),
      directoryRoles: user.directoryRoles,
    })),
    apps: [
      controlPlane(name, secrets),
      ...(index === 0 ? [publisher(secrets)] : []),
      ...servicePrincipals(name, secrets),
    ],
  }));
}

function servicePrincipals(tenant: TenantName, secrets: DevelopmentSecrets): DirectoryApp[] {
  return SERVICE_PRINCIPALS.filter((principal) => principal.tenant === tenant).map(
    ({ name, clientId, objectId, displayName, roles }) => ({
      clientId,
      objectId,
      displayName,
      roles,
      secret: secretOf(secrets.servicePrincipals, name),
    }),
  );
}

function controlPlane(tenant: TenantName, secrets: DevelopmentSecrets): DirectoryApp {
  return {
    clientId: CONTROL_PLANE_CLIENT_ID,
    objectId: CONTROL_PLANE_OBJECT_IDS[tenant],
    displayName: 'Tidegate control plane',
    secret: secrets.controlPlane,
    roles: [],
  };
}

function publisher(secrets: DevelopmentSecrets): DirectoryApp {
  return {
    clientId: PUBLISHER_CLIENT_ID,
    objectId: PUBLISHER_OBJECT_ID,
    displayName: 'Tidegate releases',
    secret: secrets.publisher,
    roles: [],
  };
}

function secretOf(secrets: Readonly<Record<string, string>>, name: string): string {
  const secret = secrets[name];
  if (secret === undefined) throw new Error(`no secret for ${name}`);
  return secret;
}
