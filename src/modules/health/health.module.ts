import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';

@Module({ imports: [RelayBrokerModule], controllers: [HealthController], providers: [HealthService] })
export class HealthModule {}
