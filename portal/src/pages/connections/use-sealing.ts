import { useState } from 'react';
import type { SealedValue } from '../../../../src/client/sealed-value.js';
import { usePortal } from '../../app/use-portal.js';
import { secretsOf, type ConnectionDraft } from './connection-draft.js';
import { sealInBrowser } from './seal-in-browser.js';
import type { SecretFieldsHandle } from './secret-fields.js';

interface Kept {
  readonly value: SealedValue;
  /** For what it was typed: another authentication has other fields. */
  readonly use: string;
}

type Use = Pick<ConnectionDraft, 'gatewayId' | 'credentialType' | 'parameters'>;

/** Keeps the sealed credential of a form, and only the sealed one. */
export function useSealing(use: Use, shownKeyId: string) {
  const { client } = usePortal();
  const [kept, setKept] = useState<Kept>();
  const names = secretsOf(use);
  const wanted = JSON.stringify([use.gatewayId, shownKeyId, use.credentialType, names]);
  const sealed = kept?.use === wanted ? kept.value : undefined;
  return {
    sealed,
    /** Whether there is something to seal, or nothing has to be. Shows what is missing. */
    isReady: (fields: SecretFieldsHandle | null): boolean => {
      if (names.length === 0 || fields === null) return true;
      if (sealed && !fields.isTouched()) return true;
      return fields.check();
    },
    /** Seals what was typed and wipes it. @throws KeyChanged, SealError, ApiError, SignInNeeded: then it still stands there */
    seal: async (fields: SecretFieldsHandle | null): Promise<SealedValue | undefined> => {
      if (names.length === 0 || fields === null || !fields.isTouched()) return sealed;
      const value = await sealInBrowser(client, { gatewayId: use.gatewayId, shownKeyId }, () => fields.take());
      fields.wipe();
      setKept({ value, use: wanted });
      return value;
    },
    /** Throws the sealed credential away. */
    forget: () => setKept(undefined),
  };
}
