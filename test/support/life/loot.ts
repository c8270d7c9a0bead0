import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import {
  CLIENT_ASSERTION_SECONDS,
  CLIENT_ASSERTION_TYP,
  CLIENT_ASSERTION_TYPE,
} from '../../../src/contract/membership.js';
import type { MemberKeyStore } from '../../../src/gateway-agent/key-store.js';
import type { Session } from '../../../src/gateway-agent/session.js';

/** What a thief finds on the machine of a member. */
export interface Loot {
  readonly memberId: string;
  readonly gatewayId: string;
  readonly issuer: string;
  readonly keys: MemberKeyStore;
  readonly token: string | undefined;
  readonly session: Session | undefined;
}

/** An access token, for whoever has the member's identity key. @throws Error when none is given */
export async function tokenFor(
  { memberId, issuer, keys }: Pick<Loot, 'memberId' | 'issuer' | 'keys'>,
  controlPlane: string,
  instance?: number,
): Promise<string> {
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA', typ: CLIENT_ASSERTION_TYP })
    .setIssuer(memberId)
    .setSubject(memberId)
    .setAudience(issuer)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${CLIENT_ASSERTION_SECONDS}s`)
    .sign(keys.identity);
  const body = {
    grant_type: 'client_credentials',
    client_assertion_type: CLIENT_ASSERTION_TYPE,
    client_assertion: assertion,
    ...(instance !== undefined && { instance }),
  };
  const answer = await fetch(new URL('agent/v1/tokens', `${controlPlane}/`), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const found = (await answer.json()) as { access_token?: string; code?: string };
  if (found.access_token === undefined) throw new Error(`no token: ${answer.status} ${found.code ?? ''}`);
  return found.access_token;
}
