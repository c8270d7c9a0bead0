import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDevelopmentCa, ensureDevelopmentCa } from './certificates.js';

const DAY_MS = 86_400_000;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidegate-test-'));
});

afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

describe('the development authority', () => {
  it('issues server certificates for names and addresses, which nobody else signed', async () => {
    const [ca, other] = [await createDevelopmentCa(), await createDevelopmentCa()];
    const certificate = new X509Certificate((await ca.issue(['bus.localhost', '127.0.0.1'])).cert);

    expect(certificate.subjectAltName).toBe('DNS:bus.localhost, IP Address:127.0.0.1');
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(new X509Certificate(ca.caPem).publicKey)).toBe(true);
    expect(certificate.verify(new X509Certificate(other.caPem).publicKey)).toBe(false);
  });

  it('is kept in a folder, its key for the owner only', async () => {
    const first = await ensureDevelopmentCa(folder);
    const second = await ensureDevelopmentCa(folder);

    expect(second.caPem).toBe(first.caPem);
    expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(first.caPem);
    expect((await stat(join(folder, 'ca-key.pem'))).mode & 0o777).toBe(0o600);
    const certificate = new X509Certificate((await second.issue()).cert);
    expect(certificate.verify(new X509Certificate(first.caPem).publicKey)).toBe(true);
  });

  it('writes its public half again when that was lost or changed', async () => {
    const { caPem } = await ensureDevelopmentCa(folder);
    await writeFile(join(folder, 'ca.pem'), 'damaged');
    expect((await ensureDevelopmentCa(folder)).caPem).toBe(caPem);
    expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(caPem);
  });

  it('is made anew a month before it ends', async () => {
    vi.useFakeTimers({ now: new Date('2026-01-01'), toFake: ['Date'] });
    const { caPem } = await ensureDevelopmentCa(folder);
    vi.setSystemTime(Date.now() + 3_610 * DAY_MS);
    expect((await ensureDevelopmentCa(folder)).caPem).toBe(caPem);
    vi.setSystemTime(Date.now() + 20 * DAY_MS);
    expect((await ensureDevelopmentCa(folder)).caPem).not.toBe(caPem);
  });
});
