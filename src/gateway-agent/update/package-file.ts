import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ReleaseManifest } from '../../contract/release.js';
import { UpdateRefused } from './update-refused.js';

/** The agent with all it needs comes in 3 MB; what is many times that is no package of it. */
export const MAX_PACKAGE_BYTES = 64 * 1024 * 1024;

/**
 * Writes a package to disk as it comes and checks it against the manifest. Never more of it than the manifest says.
 *
 * @param path of a file that is not there yet; after a refusal the caller removes what is in it
 * @throws UpdateRefused too-long, truncated, hash-mismatch
 */
export async function keepPackage(
  chunks: AsyncIterable<Uint8Array>,
  path: string,
  { package: expected }: Pick<ReleaseManifest, 'package'>,
): Promise<void> {
  if (expected.bytes > MAX_PACKAGE_BYTES) {
    throw new UpdateRefused(
      'too-long',
      `the package has ${expected.bytes} bytes, at most ${MAX_PACKAGE_BYTES} are loaded`,
    );
  }
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > expected.bytes) {
        throw new UpdateRefused('too-long', `more bytes came than the ${expected.bytes} of the manifest`);
      }
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (bytes < expected.bytes) {
    throw new UpdateRefused('truncated', `${bytes} bytes came of the ${expected.bytes} in the manifest`);
  }
  if (hash.digest('hex') !== expected.sha256) {
    throw new UpdateRefused('hash-mismatch', 'the package is not the one of the manifest');
  }
}
