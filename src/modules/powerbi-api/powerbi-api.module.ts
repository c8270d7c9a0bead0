import { Module } from '@nestjs/common';

/** Gateways and data sources in the shapes of Power BI: v1.0 gateways and v2.0 gatewayClusters. */
@Module({})
export class PowerbiApiModule {}
