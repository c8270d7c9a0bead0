import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { ApiError } from '../../../../src/client/api-error.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import { InstallFields } from './install-fields.js';
import { LimitFields } from './limit-fields.js';
import { isAcceptable, reduced, type PolicyDraft, type TenantPolicy } from './policy-change.js';
import { PolicyConflict } from './policy-conflict.js';
import { PreviewList } from './preview-list.js';
import { UseFields } from './use-fields.js';
import { usePolicyPreview, useSavePolicy } from './use-policy.js';

const { policy: words } = texts;
const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gap: tokens.spacingHorizontalXL,
    maxWidth: '70rem',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(20rem, 100%), 1fr))',
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
  },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    marginTop: tokens.spacingVerticalL,
    marginBottom: tokens.spacingVerticalM,
  },
});

/** The policy with what is changed of it. Nothing is saved whose effect was not looked at. */
export function PolicyForm({ policy }: { policy: TenantPolicy }) {
  const styles = useStyles();
  const [changed, setChanged] = useState<PolicyDraft>({});
  const [base, setBase] = useState(policy);
  const preview = usePolicyPreview();
  const save = useSavePolicy();
  const draft = reduced(base, changed);
  const isChanged = Object.keys(draft).length > 0;
  // As long as nothing is changed here, what others save is simply shown.
  if (!isChanged && base !== policy) setBase(policy);
  const isConflict = isChanged && base.version !== policy.version;
  const mayChange = policy.listedInstallers !== undefined;
  const isBusy = preview.isPending || save.isPending;
  const change = (part: PolicyDraft) => {
    setChanged((before) => ({ ...before, ...part }));
    preview.reset();
    save.reset();
  };
  const restart = (kept: PolicyDraft) => {
    setChanged(kept);
    setBase(policy);
    preview.reset();
    save.reset();
  };
  const store = () => save.mutate({ version: base.version, draft }, { onSuccess: () => setChanged({}) });
  const isStale = (error: unknown) => error instanceof ApiError && error.code === 'VERSION_CONFLICT';
  const failure = [preview.error, save.error].find((error) => error && !(isConflict && isStale(error)));
  return (
    <>
      <Text block style={{ marginBottom: '1rem' }}>
        {words.version(base.version)}
      </Text>
      <fieldset className={styles.fields} disabled={!mayChange || isBusy}>
        <InstallFields policy={base} draft={draft} onChange={change} />
        <div>
          <UseFields policy={base} draft={draft} onChange={change} />
          <LimitFields policy={base} draft={draft} onChange={change} />
        </div>
      </fieldset>
      {mayChange && (
        <div className={styles.actions}>
          <Button
            disabledFocusable={!isChanged || !isAcceptable(draft) || isBusy || isConflict}
            onClick={() => preview.mutate({ version: base.version, draft })}
          >
            {words.preview}
          </Button>
          <Button appearance="primary" disabledFocusable={!preview.data || isBusy || isConflict} onClick={store}>
            {texts.parts.save}
          </Button>
          <Button appearance="subtle" disabledFocusable={!isChanged || isBusy} onClick={() => restart({})}>
            {words.discard}
          </Button>
          <Text role="status">{hint()}</Text>
        </div>
      )}
      {isConflict && (
        <PolicyConflict
          theirs={policy}
          draft={draft}
          onTakeTheirs={() => restart({})}
          onKeepMine={() => restart(draft)}
        />
      )}
      {failure && <FailurePanel error={failure} />}
      {preview.data && <PreviewList preview={preview.data} />}
    </>
  );

  function hint() {
    if (preview.isPending) return <Spinner size="tiny" label={words.previewing} />;
    if (save.isPending) return <Spinner size="tiny" label={texts.parts.saving} />;
    if (save.isSuccess && !isChanged) return words.saved;
    if (!isChanged) return words.unchanged;
    return preview.data ? '' : words.previewFirst;
  }
}
