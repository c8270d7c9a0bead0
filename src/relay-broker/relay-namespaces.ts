import { Injectable } from '@nestjs/common';
import { PrismaService } from '../common/prisma/prisma.service.js';
import { AppConfig } from '../config/env.js';
import { readRelayConfig, type RelayNamespace } from '../config/relay.js';
import { EmulatorProvisioner } from './emulator.provisioner.js';
import type { NamespaceProvisioner } from './namespace-provisioner.js';
import { ServiceBusProvisioner } from './service-bus.provisioner.js';

/** The namespaces that the configuration names, each as its kind is spoken to. */
@Injectable()
export class RelayNamespaces {
  private constructor(readonly all: readonly NamespaceProvisioner[]) {}

  /** @throws ConfigError; Error for an emulator in production */
  static async read(config: AppConfig, prisma: PrismaService): Promise<RelayNamespaces> {
    const { namespaces } = await readRelayConfig(config.relayFile);
    return new RelayNamespaces(namespaces.map((namespace) => provisionerOf(namespace, config, prisma)));
  }
}

function provisionerOf(namespace: RelayNamespace, config: AppConfig, prisma: PrismaService): NamespaceProvisioner {
  if (namespace.mode === 'sas') return new ServiceBusProvisioner(namespace);
  return new EmulatorProvisioner(namespace, prisma, config.isProduction);
}
