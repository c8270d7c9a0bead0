import { z } from 'zod';

/** One claim that is a text, or a list of texts, in the directory's tokens. */
const textList = z.union([
  z.string().transform((text) => text.split(' ').filter((word) => word !== '')),
  z.array(z.string()),
]);

/** The claims that are read, in the shape the directory writes them (v1 and v2 access tokens). Others are not looked at. */
export const claimsSchema = z.object({
  iss: z.string(),
  aud: z.string(),
  tid: z.guid().toLowerCase(),
  oid: z.guid().toLowerCase(),
  sub: z.string().min(1),
  exp: z.number().int(),
  nbf: z.number().int().optional(),
  iat: z.number().int().optional(),
  /** Delegated permissions; only tokens of people carry it. */
  scp: textList.optional(),
  roles: textList.optional(),
  /** Template ids of the directory roles held. */
  wids: z.array(z.string()).optional(),
  idtyp: z.string().optional(),
  preferred_username: z.string().max(1024).optional(),
  upn: z.string().max(1024).optional(),
  unique_name: z.string().max(1024).optional(),
  name: z.string().max(1024).optional(),
  app_displayname: z.string().max(1024).optional(),
  azp: z.string().optional(),
  appid: z.string().optional(),
});

/** The claims of a token whose signature, issuer, audience and times were found right. */
export type VerifiedToken = z.infer<typeof claimsSchema>;

/** Checks an access token's signature, issuer, audience and times. What the claims permit is not its business. */
export abstract class TokenVerifier {
  /** @throws DomainError TOKEN_INVALID; TENANT_NOT_ADMITTED; IDENTITY_UNAVAILABLE when the signing keys cannot be fetched */
  abstract verify(token: string): Promise<VerifiedToken>;
}
