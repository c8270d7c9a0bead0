import { Module } from '@nestjs/common';

/** The descriptions of our APIs, to read and to download. */
@Module({})
export class ApiDocsModule {}
