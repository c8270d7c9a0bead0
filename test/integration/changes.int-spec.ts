import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Changes } from '../../src/common/prisma/changes.js';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';

describe('changes between replicas', () => {
  let one: TestApp;
  let two: TestApp;
  const heard: string[] = [];
  beforeAll(async () => {
    one = await startTestApp();
    two = await startTestApp({ database: one.database, vault: one.vault });
    two.app.get(Changes).on('gateway', (id) => heard.push(id));
  });
  afterAll(async () => {
    await two.stop();
    await one.stop();
  });

  const publish = (id: string, fails = false) =>
    one.app.get(PrismaService).$transaction(async (tx) => {
      await one.app.get(Changes).publish(tx, 'gateway', id);
      if (fails) throw new Error('rolled back');
    });

  it('arrive once the transaction is committed, and not when it is rolled back', async () => {
    await expect(publish('never', true)).rejects.toThrow('rolled back');
    await publish('first');
    await until('the change arrived', () => heard.includes('first'));
    expect(heard).toEqual(['first']);
  });

  it('that may have been missed while the link was down are told as "everything"', async () => {
    heard.length = 0;
    await one.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'tidegate-changes' AND datname = current_database()`,
    );
    await until('both ends of the gap were told', () => heard.length >= 2);
    expect(heard).toEqual(['*', '*']);
    await publish('after');
    await until('the link works again', () => heard.includes('after'));
  });
});
