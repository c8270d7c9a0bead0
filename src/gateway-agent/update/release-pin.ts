import { calculateJwkThumbprint, decodeJwt } from 'jose';
import { z } from 'zod';
import { releaseKeyCertificateSchema } from '../../contract/release.js';
import { parseJson } from '../member-record.js';
import type { StateFolder } from '../state-folder.js';
import { UpdateRefused } from './update-refused.js';

const FILE = 'release-key.json';

const pinSchema = z.object({ fingerprint: z.string().length(43) });

/**
 * The release key that this member has taken a release from. Replicas may have the root sign, so a replica in wrong
 * hands could have it certify a release key of its own: past the first release only the key of that one counts. Whoever
 * looks after the machine lets the next key in by removing the file.
 */
export class ReleasePin {
  constructor(private readonly folder: StateFolder) {}

  /**
   * @param certificate of a release key, verified before
   * @throws UpdateRefused other-release-key; state when the file is damaged
   */
  async assert(certificate: string): Promise<void> {
    const { cnf } = releaseKeyCertificateSchema.parse(decodeJwt(certificate));
    const fingerprint = await calculateJwkThumbprint(cnf.jwk, 'sha256');
    const bytes = await this.folder.read(FILE);
    if (!bytes) return this.folder.write(FILE, JSON.stringify({ fingerprint }));
    const pinned = pinSchema.safeParse(parseJson(bytes));
    if (!pinned.success) throw new UpdateRefused('state', `the file ${FILE} is damaged`);
    if (pinned.data.fingerprint === fingerprint) return;
    const known = `taken was ${pinned.data.fingerprint}, and now it is ${fingerprint}`;
    throw new UpdateRefused('other-release-key', `the release key is another one: ${known}`);
  }
}
