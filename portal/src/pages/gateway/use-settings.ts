import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../../src/client/api-error.js';
import { usePortal } from '../../app/use-portal.js';
import type { Gateway } from './gateway-queries.js';
import { changeOf, differences, draftOf, rebased, type SettingName, type SettingsDraft } from './settings-draft.js';

/** What somebody else stored in the meantime, and where it is not what was typed. */
export interface SettingsConflict {
  readonly theirs: SettingsDraft;
  readonly names: readonly SettingName[];
}

/** The form's state: kept over refreshes while something was typed, and over a save that somebody else was faster than. */
export function useSettings(gateway: Gateway) {
  const { client } = usePortal();
  const queries = useQueryClient();
  const [base, setBase] = useState(gateway);
  const [draft, setDraft] = useState(() => draftOf(gateway));
  const [conflict, setConflict] = useState<SettingsConflict>();
  const changed = differences(draftOf(base), draft);
  // Nobody typed anything: what is shown follows what is stored.
  if (changed.length === 0 && differences(draftOf(base), draftOf(gateway)).length > 0 && !conflict) {
    setBase(gateway);
    setDraft(draftOf(gateway));
  }
  const params = { path: { gatewayId: gateway.id } };
  const begin = (stored: Gateway) => {
    queries.setQueryData(['gateways', gateway.id], stored);
    setBase(stored);
    setDraft(draftOf(stored));
    setConflict(undefined);
  };
  const save = useMutation({
    mutationFn: async () => {
      const headers = base.settingsTag === undefined ? {} : { 'if-match': `"${base.settingsTag}"` };
      const body = changeOf(draftOf(base), draft);
      try {
        const stored: Gateway = await client.patch('/v1/gateways/{gatewayId}', { params, body, headers });
        begin(stored);
        void queries.invalidateQueries({ queryKey: ['gateways'] });
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'PRECONDITION_FAILED') throw error;
        const stored: Gateway = await client.get('/v1/gateways/{gatewayId}', { params });
        const theirs = draftOf(stored);
        const mine = rebased(draftOf(base), draft, theirs);
        // Saving again after having read this means to overwrite.
        setBase(stored);
        setDraft(mine);
        setConflict({ theirs, names: differences(theirs, mine) });
        return false;
      }
      return true;
    },
  });
  const change = (part: Partial<SettingsDraft>) => {
    save.reset();
    setDraft((now) => ({ ...now, ...part }));
  };
  const takeTheirs = () => {
    if (conflict) setDraft(conflict.theirs);
    setConflict(undefined);
    save.reset();
  };
  return { draft, changed, conflict, save, change, takeTheirs };
}
