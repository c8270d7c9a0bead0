import { Module } from '@nestjs/common';

/** Work that outlasts the request that asked for it. */
@Module({})
export class OperationsModule {}
