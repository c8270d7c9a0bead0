import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { LiveFeedService } from './live-feed.service.js';

@Module({ imports: [IdentityModule], providers: [LiveFeedService], exports: [LiveFeedService] })
export class LiveModule {}
