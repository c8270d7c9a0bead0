import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { APP_OPTIONS, configureApp } from './common/http/configure-app.js';
import { createHttpAdapter } from './common/http/server.js';
import { stopOnSignals } from './common/http/shutdown.js';
import { CertificateError } from './common/http/tls/certificate-pair.js';
import { JsonLogger } from './common/logger.js';
import { applyMigrations } from './common/prisma/migrate.js';
import { ConfigError, readConfig } from './config/env.js';

const logger = new JsonLogger('info');
try {
  const config = readConfig();
  const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
  const names = await applyMigrations(config.databaseUrl, migrations);
  logger.log({ event: 'migrations.applied', names, count: names.length }, 'Main');
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), createHttpAdapter(config), {
    ...APP_OPTIONS,
    logger: new JsonLogger(config.logLevel),
  });
  stopOnSignals(configureApp(app), (code) => process.exit(code));
  await app.listen(config.port, config.host);
  logger.log({ event: 'listening', url: await app.getUrl() }, 'Main');
} catch (error) {
  if (error instanceof ConfigError || error instanceof CertificateError)
    logger.fatal({ event: 'start.refused', reason: error.message }, 'Main');
  else logger.fatal(error, 'Main');
  process.exit(1);
}
