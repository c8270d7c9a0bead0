import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ReplicaIdentity } from '../common/keys/replica-identity.js';
import { PrismaService } from '../common/prisma/prisma.service.js';
import { AppConfig } from '../config/env.js';
import { ConfiguredProvisioner } from './configured.provisioner.js';
import { RelayBroker } from './relay-broker.js';
import { RelayNamespaces } from './relay-namespaces.js';
import { RelayProvisioner } from './relay-provisioner.js';
import { ServiceBusBroker } from './service-bus.broker.js';

/** The relay: the only place that knows it is Service Bus. */
@Module({
  providers: [
    {
      provide: RelayNamespaces,
      useFactory: (config: AppConfig, prisma: PrismaService) => RelayNamespaces.read(config, prisma),
      inject: [AppConfig, PrismaService],
    },
    {
      provide: RelayProvisioner,
      useFactory: (namespaces: RelayNamespaces) => new ConfiguredProvisioner(namespaces.all),
      inject: [RelayNamespaces],
    },
    {
      provide: RelayBroker,
      useFactory: (namespaces: RelayNamespaces, { replicaId }: ReplicaIdentity) =>
        new ServiceBusBroker(namespaces.all, replicaId),
      inject: [RelayNamespaces, ReplicaIdentity],
    },
  ],
  exports: [RelayBroker, RelayProvisioner],
})
export class RelayBrokerModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(RelayBroker) private readonly broker: RelayBroker,
    @Inject(RelayProvisioner) private readonly provisioner: RelayProvisioner,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.provisioner instanceof ConfiguredProvisioner) this.provisioner.start();
    if (this.broker instanceof ServiceBusBroker) await this.broker.start();
  }

  /** Requests end before connections do; the surfaces have stopped listening by now. */
  async onApplicationShutdown(): Promise<void> {
    if (this.broker instanceof ServiceBusBroker) await this.broker.stop();
    if (this.provisioner instanceof ConfiguredProvisioner) await this.provisioner.stop();
  }
}
