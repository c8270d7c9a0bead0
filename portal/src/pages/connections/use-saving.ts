import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../../src/client/api-error.js';
import { usePortal } from '../../app/use-portal.js';
import type { Connection, ConnectionDraft, CreationMethod } from './connection-draft.js';
import { changeOf } from './connection-edit.js';
import { needsTyping } from './seal-failure.js';
import type { SecretFieldsHandle } from './secret-fields.js';
import type { useSealing } from './use-sealing.js';

/** Somebody else changed the connection since the form was opened. */
export class Conflict extends Error {
  override readonly name = 'Conflict';

  constructor(readonly theirs: Connection) {
    super('changed meanwhile');
  }
}

interface SavingParts {
  /** What was stored when the form was opened, or last saved. */
  readonly base: Connection;
  readonly before: ConnectionDraft;
  readonly draft: ConnectionDraft;
  readonly method: CreationMethod;
  readonly sealing: ReturnType<typeof useSealing>;
  readonly onSaved: (connection: Connection) => void;
}

/** Stores what is different, unless somebody else changed the same connection. */
export function useSaving({ base, before, draft, method, sealing, onSaved }: SavingParts) {
  const { client } = usePortal();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [outcome, setOutcome] = useState<'saved' | 'nothing'>();
  const reset = () => {
    setFailure(undefined);
    setOutcome(undefined);
  };
  const conflict = async () => {
    const params = { path: { connectionId: base.id } };
    const theirs = await client.get('/v1/connections/{connectionId}', { params });
    queries.setQueryData(['connections', base.id], theirs);
    // Saving again after having read this means to overwrite.
    onSaved(theirs);
    return new Conflict(theirs);
  };
  const save = async (fields: SecretFieldsHandle | null) => {
    reset();
    setBusy(true);
    try {
      const params = { path: { connectionId: base.id } };
      const sealed = await sealing.seal(fields);
      const body = changeOf(before, draft, { method, sealed });
      if (Object.keys(body).length === 0) {
        setOutcome('nothing');
        return;
      }
      const headers = { 'if-match': `"${base.settingsTag}"` };
      const stored = await client.patch('/v1/connections/{connectionId}', { params, body, headers });
      sealing.forget();
      queries.setQueryData(['connections', base.id], stored);
      onSaved(stored);
      setOutcome('saved');
      void queries.invalidateQueries({ queryKey: ['connections'] });
    } catch (error) {
      if (needsTyping(error)) sealing.forget();
      setFailure(isConflict(error) ? await conflict().catch((failed: unknown) => failed) : error);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, failure, outcome, reset, save };
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'PRECONDITION_FAILED';
}
