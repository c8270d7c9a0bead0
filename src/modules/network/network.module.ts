import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { NetworkService } from './network.service.js';

@Module({ imports: [RelayBrokerModule], providers: [NetworkService], exports: [NetworkService] })
export class NetworkModule {}
