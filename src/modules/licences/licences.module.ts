import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { LicencesService } from './licences.service.js';

@Module({ imports: [IdentityModule], providers: [LicencesService], exports: [LicencesService] })
export class LicencesModule {}
