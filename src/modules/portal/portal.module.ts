import { Module } from '@nestjs/common';
import { PortalController } from './portal.controller.js';

/** The admin portal's files. */
@Module({ controllers: [PortalController] })
export class PortalModule {}
