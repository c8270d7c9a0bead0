import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AppConfig } from '../config/env.js';
import { AzureAdVerifier } from './auth/azure-ad.verifier.js';
import { JoseVerifier } from './auth/jose.verifier.js';
import { JsonFetcher } from './auth/json-fetcher.js';
import { SigningKeys } from './auth/signing-keys.js';
import { TokenVerifier } from './auth/token-verifier.js';
import { AzureVault } from './keys/azure-vault.js';
import { ReplicaIdentity } from './keys/replica-identity.js';
import { RootKeys } from './keys/root-keys.js';
import { serviceCredential } from './keys/service-credential.js';
import { Vault } from './keys/vault.js';
import { ReplicaPresence } from './limits/replica-presence.js';
import { Changes } from './prisma/changes.js';
import { PrismaService } from './prisma/prisma.service.js';

/** What every module stands on. The only global module. */
@Global()
@Module({})
export class CommonModule {
  static with(config: AppConfig): DynamicModule {
    return {
      module: CommonModule,
      providers: [
        { provide: AppConfig, useValue: config },
        {
          provide: Vault,
          useFactory: async () => new AzureVault(config.vaultUrl, await serviceCredential(config)),
        },
        { provide: TokenVerifier, useClass: config.tokenVerifier === 'jose' ? JoseVerifier : AzureAdVerifier },
        PrismaService,
        Changes,
        RootKeys,
        ReplicaIdentity,
        ReplicaPresence,
        JsonFetcher,
        SigningKeys,
      ],
      exports: [AppConfig, PrismaService, Changes, ReplicaIdentity, ReplicaPresence, RootKeys, Vault, TokenVerifier],
    };
  }
}
