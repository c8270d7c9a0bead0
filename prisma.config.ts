import { defineConfig } from 'prisma/config';

/** Only `prisma generate` uses this: migrations are applied by the control plane itself (ADR 0004). */
export default defineConfig({ schema: 'prisma/schema.prisma' });
