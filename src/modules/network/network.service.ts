import { readFile } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppConfig, ConfigError } from '../../config/env.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import type { NeededHost, NetworkNeeds } from './network.types.js';
import { addressesIn, serviceTagsSchema, type ServiceTags } from './service-tags.js';

/** Tells what agents have to reach. */
@Injectable()
export class NetworkService implements OnModuleInit {
  private tags: ServiceTags | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly provisioner: RelayProvisioner,
  ) {}

  /** The list is read once: a new edition comes with a restart. @throws ConfigError */
  async onModuleInit(): Promise<void> {
    const { serviceTagsFile } = this.config;
    if (serviceTagsFile === undefined) return;
    try {
      this.tags = serviceTagsSchema.parse(JSON.parse(await readFile(serviceTagsFile, 'utf8')));
    } catch (cause) {
      throw new ConfigError('The file that TIDEGATE_SERVICE_TAGS_FILE names is no list of service tags.', { cause });
    }
  }

  /** @param region gateway region key */
  read(region: string): NetworkNeeds {
    const { tags } = this;
    const relays = this.provisioner.hostsFor(region).map((host) => ({ ...host, what: 'Relay: work and answers' }));
    return {
      hosts: [
        hostOf(this.config.publicUrl, 'Control plane: registration, heartbeats, updates'),
        hostOf(this.config.authority, 'Directory: signing in while installing'),
        ...relays,
      ],
      addresses: tags ? addressesIn(tags, region) : null,
      serviceTags: tags ? { changeNumber: tags.changeNumber, cloud: tags.cloud } : null,
    };
  }
}

function hostOf(address: string, what: string): NeededHost {
  const { hostname, port, protocol } = new URL(address);
  return { name: hostname, ports: [port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)], what };
}
