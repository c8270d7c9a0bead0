import { Module } from '@nestjs/common';
import { ApiDocsController } from './api-docs.controller.js';

/** The descriptions of our APIs, to read and to download. */
@Module({ controllers: [ApiDocsController] })
export class ApiDocsModule {}
