import { sealCredential } from '../contract/sealed-credential.js';
import type { SealingPublicKey } from '../contract/registration.js';
import { ManagementError, type ManagementClient } from './management-client.js';

export interface SeededEnvironment {
  readonly id: string;
  readonly displayName: string;
  readonly region: string;
}

export interface SeededGateway {
  readonly id: string;
  readonly displayName: string;
  readonly publicKey: SealingPublicKey;
}

export interface WantedConnection {
  readonly displayName: string;
  readonly connectionDetails: {
    readonly type: string;
    readonly creationMethod: string;
    readonly parameters: readonly { readonly dataType: 'Text'; readonly name: string; readonly value: string }[];
  };
  readonly credential: { readonly type: 'Basic' | 'Anonymous'; readonly username?: string; readonly password?: string };
  readonly encryption: 'NotEncrypted' | 'Any' | 'Encrypted';
  readonly environmentIds: readonly string[];
}

interface Assignment {
  readonly id: string;
}

/**
 * Puts the development tenants' things in place through the public API, as an administrator would. Everything is looked
 * for by name first: running it on a set-up tenant changes nothing.
 */
export class Seed {
  constructor(private readonly admin: ManagementClient) {}

  async environment(displayName: string, region: string): Promise<SeededEnvironment> {
    const known = await this.admin.list<SeededEnvironment>('/v1/environments');
    return (
      known.find((environment) => environment.displayName === displayName) ??
      (await this.admin.send<SeededEnvironment>('POST', '/v1/environments', { displayName, region }))
    );
  }

  async findGateway(displayName: string): Promise<SeededGateway | undefined> {
    return (await this.admin.list<SeededGateway>('/v1/gateways')).find(
      (gateway) => gateway.displayName === displayName,
    );
  }

  async memberIds(gatewayId: string): Promise<string[]> {
    return (await this.admin.list<{ id: string }>(`/v1/gateways/${gatewayId}/members`)).map(({ id }) => id);
  }

  async joinToken(gatewayName: string, region: string): Promise<string> {
    return (await this.admin.send<{ token: string }>('POST', '/v1/joinTokens', { gatewayName, region })).token;
  }

  async connection(gateway: SeededGateway, wanted: WantedConnection): Promise<string> {
    const known = await this.admin.list<{ id: string; displayName: string }>('/v1/connections');
    const found = known.find(({ displayName }) => displayName === wanted.displayName);
    if (found) return found.id;
    const { type, username, password } = wanted.credential;
    const pairs = [
      ['username', username],
      ['password', password],
    ].flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [{ name, value }]));
    const created = await this.admin.send<{ id: string }>('POST', '/v1/connections', {
      connectivityType: 'OnPremisesGateway',
      gatewayId: gateway.id,
      displayName: wanted.displayName,
      privacyLevel: 'Organizational',
      connectionDetails: wanted.connectionDetails,
      credentialDetails: {
        singleSignOnType: 'None',
        connectionEncryption: wanted.encryption,
        skipTestConnection: true,
        credentials: {
          credentialType: type,
          values:
            type === 'Anonymous'
              ? []
              : [{ gatewayId: gateway.id, encryptedCredentials: await sealCredential(gateway.publicKey, pairs) }],
        },
      },
      environmentIds: wanted.environmentIds,
    });
    return created.id;
  }

  /** Gives a person the role User on a connection, unless they have one. */
  async share(connectionId: string, principalId: string): Promise<void> {
    const path = `/v1/connections/${connectionId}/roleAssignments`;
    const assignments = await this.admin.list<Assignment>(path);
    if (assignments.some(({ id }) => id === principalId)) return;
    await this.admin.send('POST', path, { principal: { id: principalId, type: 'User' }, role: 'User' });
  }

  /** Waits until the gateway answers a connection test. @throws ManagementError after the deadline */
  async waitUntilOnline(
    connectionId: string,
    { deadline, isAgentAlive }: { deadline: number; isAgentAlive: () => boolean },
  ): Promise<void> {
    for (;;) {
      const answer = await this.admin
        .send<{ status: string }>('POST', `/v1/connections/${connectionId}/testConnection`)
        .catch((error: unknown) => {
          if (error instanceof ManagementError) return { status: error.message };
          throw error;
        });
      if (answer.status === 'Online') return;
      if (!isAgentAlive() || Date.now() > deadline)
        throw new Error(`the sample connection did not come online: ${JSON.stringify(answer)}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}
