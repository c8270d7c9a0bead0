import { Module } from '@nestjs/common';

/** Gateways as resources of Azure subscriptions. */
@Module({})
export class AzureResourcesModule {}
