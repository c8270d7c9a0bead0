import { writePrivateFile } from './private-file.js';
import type { CloudAddresses } from './control-plane-process.js';
import { PUBLISHER_CLIENT_ID } from './seed-data.js';
import type { StateFolder } from './state-folder.js';

/** What a script needs to publish a release into the embedded stack. */
export interface PublishingDescription {
  /** Folder of the packages that the control plane serves. */
  readonly folder: string;
  /** The release key's vault. */
  readonly vaultUrl: string;
  /** NAME=value a line, 0600: settings for `publish:release`. The secret itself lies in a file of its own. */
  readonly settingsFile: string;
  /** For NODE_EXTRA_CA_CERTS: the vaults' certificates are the stack's own. */
  readonly caFile: string;
}

/**
 * Writes the settings of whoever publishes releases: those of a replica, but with an identity of its own, which the
 * release key's vault lets in.
 *
 * @param settings of a replica
 */
export async function describePublishing(
  folder: StateFolder,
  cloud: CloudAddresses,
  settings: Readonly<Record<string, string | undefined>>,
): Promise<PublishingDescription> {
  const own = {
    ...settings,
    TIDEGATE_SERVICE_CLIENT_ID: PUBLISHER_CLIENT_ID,
    TIDEGATE_SERVICE_CLIENT_SECRET_FILE: cloud.publisherSecretFile,
    TIDEGATE_RELEASE_VAULT_URL: cloud.releaseVaultUrl,
  };
  const lines = Object.entries(own).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  const settingsFile = folder.file('publishing.env');
  await writePrivateFile(settingsFile, `${lines.join('\n')}\n`);
  return { folder: cloud.releasesDir, vaultUrl: cloud.releaseVaultUrl, settingsFile, caFile: cloud.caFile };
}
