import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Select,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { usePortal } from '../../app/use-portal.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { idProblem } from '../../parts/id-problem.js';
import { texts } from '../../texts/texts.js';
import type { Environment, RegionMap } from './region-service.js';

const { environments: words } = texts;
const useStyles = makeStyles({ fields: { display: 'grid', gap: tokens.spacingVerticalM } });

export interface EnvironmentFormProps {
  readonly map: RegionMap;
  /** Left out for a new one. */
  readonly environment?: Environment;
  readonly onClose: () => void;
}

/** Adds an environment, or changes its name and region. */
export function EnvironmentForm({ map, environment, onClose }: EnvironmentFormProps) {
  const styles = useStyles();
  const { client } = usePortal();
  const queries = useQueryClient();
  const [displayName, setName] = useState(environment?.displayName ?? '');
  const [region, setRegion] = useState(environment?.region ?? '');
  const [id, setId] = useState('');
  const wrongId = id.trim() === '' ? undefined : idProblem(id.trim());
  const save = useMutation({
    mutationFn: async () => {
      const body = { displayName: displayName.trim(), region };
      if (environment) {
        const params = { path: { environmentId: environment.id } };
        await client.patch('/v1/environments/{environmentId}', { params, body });
      } else {
        await client.post('/v1/environments', { body: { ...body, ...(id.trim() !== '' && { id: id.trim() }) } });
      }
      await queries.invalidateQueries({ queryKey: ['environments'] });
    },
    onSuccess: onClose,
  });
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && !save.isPending && onClose()}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <DialogBody>
            <DialogTitle>{environment ? words.changeTitle : words.add}</DialogTitle>
            <DialogContent className={styles.fields}>
              {environment && words.changeLead}
              <Field label={words.name} required>
                <Input
                  value={displayName}
                  dir="auto"
                  autoComplete="off"
                  onChange={(_event, data) => setName(data.value)}
                />
              </Field>
              <Field label={words.region} required>
                <Select value={region} onChange={(_event, data) => setRegion(data.value)}>
                  <option value="">{words.chooseRegion}</option>
                  {map.environmentRegions.map(({ key, displayName: name }) => (
                    <option key={key} value={key}>
                      {`${name} (${key})`}
                    </option>
                  ))}
                </Select>
              </Field>
              {!environment && (
                <Field
                  label={words.id}
                  hint={words.idHint}
                  {...(wrongId !== undefined && { validationMessage: wrongId })}
                >
                  <Input
                    value={id}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(_event, data) => setId(data.value)}
                  />
                </Field>
              )}
              {save.error && <FailurePanel error={save.error} />}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose} disabled={save.isPending}>
                {texts.parts.cancel}
              </Button>
              <Button
                appearance="primary"
                type="submit"
                disabled={save.isPending || displayName.trim() === '' || region === '' || wrongId !== undefined}
              >
                {save.isPending ? texts.parts.saving : texts.parts.save}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
