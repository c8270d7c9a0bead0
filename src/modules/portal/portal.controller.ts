import { Controller, Get, Headers, Param, Redirect, Res, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public } from '../../common/auth/public.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { PRODUCT_VERSION } from '../../contract/version.js';
import { readPortalFiles, type PortalFile } from './portal-files.js';
import { portalPolicy } from './portal-policy.js';

const START = 'index.html';
/** One year, in seconds. */
const LASTING = 'public, max-age=31536000, immutable';

const portalSettingsSchema = z
  .object({
    authority: z.string(),
    clientId: z.string(),
    scope: z.string(),
    version: z.string(),
    tenants: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'PortalSettings' });

/** The admin portal: files, and where to sign in. Everything that it shows comes from the API, with the person's rights. */
@Controller()
@Public()
export class PortalController implements OnModuleInit {
  private files: ReadonlyMap<string, PortalFile> = new Map();
  private readonly policy: string;

  constructor(private readonly config: AppConfig) {
    this.policy = portalPolicy(config.portalAuthority);
  }

  async onModuleInit(): Promise<void> {
    this.files = await readPortalFiles();
  }

  @Get()
  @Redirect('/portal', 302)
  @Answers({ 302: null })
  root(): void {
    return;
  }

  /** Where people sign in, and as which application. */
  @Get('portal/config.json')
  @Answers({ 200: portalSettingsSchema })
  settings() {
    const { portalAuthority: authority, clientId, scope, tenants, tenantNames } = this.config;
    const listed = tenants === 'any' ? [] : tenants;
    return {
      authority,
      clientId,
      scope,
      version: PRODUCT_VERSION,
      tenants: listed.map((id) => ({ id, name: tenantNames.get(id) ?? id })),
    };
  }

  /** The portal's first page. */
  @Get('portal')
  @Answers({ 200: { content: { 'text/html': z.string() } } })
  start(
    @Headers('accept-encoding') encodings: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Buffer {
    return this.send(this.files.get(START), encodings, reply);
  }

  /** A file of the portal; its first page for every other path, which the portal reads itself. */
  @Get('portal/*')
  @Answers({ 200: { content: { 'text/html': z.string(), 'text/javascript': z.string(), 'text/css': z.string() } } })
  file(
    @Param('*') path: string,
    @Headers('accept-encoding') encodings: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Buffer {
    const found = this.files.get(path) ?? (isFileName(path) ? undefined : this.files.get(START));
    return this.send(found, encodings, reply);
  }

  private send(found: PortalFile | undefined, encodings: string | undefined, reply: FastifyReply): Buffer {
    if (!found) throw new DomainError('ROUTE_NOT_FOUND');
    void reply.headers({
      'content-type': found.type,
      'content-security-policy': this.policy,
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      'cache-control': found.isLasting ? LASTING : 'no-cache',
      vary: 'accept-encoding',
    });
    if (found.brotli === undefined || !takesBrotli(encodings ?? '')) return found.plain;
    void reply.header('content-encoding', 'br');
    return found.brotli;
  }
}

/** Named, and not with a weight of nothing. @see RFC 9110, 12.5.3 */
function takesBrotli(encodings: string): boolean {
  return /(?:^|[\s,])br(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))(?=[\s,;]|$)/i.test(encodings);
}

/** A page of the portal that does not exist is said so by the portal; a file that does not exist is missing. */
function isFileName(path: string): boolean {
  return path.startsWith('assets/') || /\.[a-z]{2,5}$/.test(path);
}
