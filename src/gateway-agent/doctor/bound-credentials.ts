import { targetFingerprintInput } from '../../contract/targets.js';
import type { MemberConnection } from '../../contract/diagnosis.js';
import { BindingLedger, sha256 } from '../binding-ledger.js';
import { CredentialCache, OpenedSecret } from '../credential-cache.js';
import type { MemberKeyStore } from '../key-store.js';
import type { StateFolder } from '../state-folder.js';
import type { SourceAccess } from './doctor-context.js';

/**
 * Opens credentials beside the agent, which alone writes down where each belongs: only those that it used already, and only
 * for the target that it used them for. Others are not opened at all, so that nobody in the cloud can have a password sent
 * elsewhere by way of a diagnosis.
 */
export async function boundCredentials(
  folder: StateFolder,
  { sealing }: Pick<MemberKeyStore, 'sealing'>,
): Promise<SourceAccess['secretFor']> {
  const boundTo = await BindingLedger.view(folder);
  const bind = (mark: { credential: string; content: string }, target: string) =>
    Promise.resolve(boundTo(mark) === target);
  const cache = new CredentialCache(sealing, { bind }, () => undefined);
  return async (connection) => {
    if (connection.credential === undefined) return new OpenedSecret(new Map());
    return (await isBound(connection)) ? cache.secretFor(connection) : undefined;
  };

  async function isBound({ credential, target, credentialType, encryption }: MemberConnection): Promise<boolean> {
    const sealed = credential ?? '';
    const place = sha256(targetFingerprintInput(target, credentialType, encryption));
    const known = boundTo({ credential: sha256(sealed), content: '' });
    if (known !== undefined) return known === place;
    // A rotation sealed it anew: then its content tells, and the content is known only once it is opened.
    return (await contentOf(sealed)) === place;
  }

  async function contentOf(sealed: string): Promise<string | undefined> {
    try {
      const { content } = await sealing.unseal(sealed);
      return boundTo({ credential: '', content });
    } catch (error) {
      if (error instanceof Error) return undefined;
      throw error;
    }
  }
}
