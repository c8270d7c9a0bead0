import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '../../common/auth/public.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers, bytesSchema } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { findDocsFile, openApiFile, type DocsFile } from './docs-files.js';
import { DOCS_PAGE, DOCS_POLICY } from './docs-page.js';

/** One hour: the files change with the release only, and a page that is out of date for so long does no harm. */
const CACHE = 'public, max-age=3600';

/** The description of this service's routes. Open to everybody unless the operator switched it off. */
@Controller()
@Public()
export class ApiDocsController {
  constructor(private readonly config: AppConfig) {}

  /** The description as a page. */
  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', DOCS_POLICY)
  @Answers({ 200: { content: { 'text/html': z.string() } } })
  page(): string {
    this.assertShown();
    return DOCS_PAGE;
  }

  /** Scripts and styles of the page. */
  @Get('docs/:file')
  @Header('cache-control', CACHE)
  @Answers({
    200: { content: { 'text/javascript': z.string(), 'text/css': z.string(), 'image/png': bytesSchema } },
  })
  file(@Param('file') name: string): StreamableFile {
    this.assertShown();
    const found = findDocsFile(name);
    if (!found) throw new DomainError('ROUTE_NOT_FOUND');
    return streamed(found);
  }

  /** The description itself, in OpenAPI 3.1. */
  @Get('openapi.json')
  @Answers({ 200: z.object({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) }).loose() })
  document(): StreamableFile {
    this.assertShown();
    return streamed(openApiFile());
  }

  /** @throws DomainError ROUTE_NOT_FOUND */
  private assertShown(): void {
    if (!this.config.areDocsShown) throw new DomainError('ROUTE_NOT_FOUND');
  }
}

function streamed({ stream, type }: DocsFile): StreamableFile {
  return new StreamableFile(stream, { type });
}
