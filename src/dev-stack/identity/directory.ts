import '../not-in-production.js';
import { randomBytes } from 'node:crypto';
import { equalSecrets } from '../equal-secrets.js';

export interface DirectoryUser {
  readonly objectId: string;
  /** User principal name. */
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
  /** Template ids of the directory roles held. */
  readonly directoryRoles: readonly string[];
}

/** An application with its service principal in one tenant. */
export interface DirectoryApp {
  readonly clientId: string;
  readonly objectId: string;
  readonly displayName: string;
  readonly secret: string;
  /** Application permissions on the product. */
  readonly roles: readonly string[];
}

export interface DirectoryTenant {
  readonly id: string;
  readonly users: readonly DirectoryUser[];
  readonly apps: readonly DirectoryApp[];
}

/** Compared against when there is no such user, so that both refusals take the same time. */
const NOBODY = randomBytes(18).toString('base64url');

export function findUser(tenant: DirectoryTenant, objectId: string): DirectoryUser | undefined {
  return tenant.users.find((user) => user.objectId === objectId);
}

/** The user whom name and password belong to. */
export function signIn(tenant: DirectoryTenant, username: string, password: string): DirectoryUser | undefined {
  const user = tenant.users.find((candidate) => candidate.username === username.toLowerCase());
  return equalSecrets(password, user?.password ?? NOBODY) ? user : undefined;
}
