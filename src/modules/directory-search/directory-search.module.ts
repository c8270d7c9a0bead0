import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { DirectorySearchService } from './directory-search.service.js';

@Module({ imports: [IdentityModule], providers: [DirectorySearchService], exports: [DirectorySearchService] })
export class DirectorySearchModule {}
