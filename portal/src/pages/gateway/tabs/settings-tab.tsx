import {
  Button,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  SpinButton,
  Switch,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { ChoiceField } from '../../../parts/choice-field.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { texts } from '../../../texts/texts.js';
import type { Gateway } from '../gateway-queries.js';
import { wrongIn, type SettingName, type SettingsDraft } from '../settings-draft.js';
import { useSettings, type SettingsConflict } from '../use-settings.js';

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM, maxWidth: '44rem' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
});
const { settings } = texts.gateway;

/** What administrators may set of a gateway. */
export function SettingsTab({ gateway }: { gateway: Gateway }) {
  const styles = useStyles();
  const { draft, changed, conflict, save, change, takeTheirs } = useSettings(gateway);
  const wrong = wrongIn(draft);
  const problem = (name: SettingName) =>
    wrong.includes(name) && { validationMessage: name === 'displayName' ? settings.needed : settings.percentWrong };
  return (
    <form
      className={styles.root}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length === 0 && changed.length > 0 && !save.isPending) save.mutate();
      }}
    >
      <Field label={settings.names.displayName} required {...problem('displayName')}>
        <Input
          value={draft.displayName}
          dir="auto"
          maxLength={200}
          onChange={(_event, { value }) => change({ displayName: value })}
        />
      </Field>
      <Field label={settings.names.description}>
        <Textarea
          value={draft.description}
          dir="auto"
          maxLength={4_000}
          resize="vertical"
          onChange={(_event, { value }) => change({ description: value })}
        />
      </Field>
      <Field label={settings.names.department}>
        <Input
          value={draft.department}
          dir="auto"
          maxLength={200}
          onChange={(_event, { value }) => change({ department: value })}
        />
      </Field>
      <Field label={settings.names.contact} hint={settings.contactHint}>
        <Textarea
          value={draft.contact}
          dir="auto"
          resize="vertical"
          onChange={(_event, { value }) => change({ contact: value })}
        />
      </Field>
      <ChoiceField
        label={settings.names.loadBalancingSetting}
        value={draft.loadBalancingSetting}
        options={Object.entries(settings.balancings)}
        onChoose={(value) => change({ loadBalancingSetting: value as SettingsDraft['loadBalancingSetting'] })}
      />
      {(['cpuThreshold', 'memoryThreshold'] as const).map((name) => (
        <Field key={name} label={settings.names[name]} hint={settings.thresholdHint} {...problem(name)}>
          <SpinButton
            min={0}
            max={100}
            value={draft[name]}
            onChange={(_event, { value, displayValue }) => change({ [name]: value ?? Number(displayValue) })}
          />
        </Field>
      ))}
      {(['allowCustomConnectors', 'allowCloudConnectionRefresh'] as const).map((name) => (
        <Switch
          key={name}
          label={settings.names[name]}
          checked={draft[name]}
          onChange={(_event, { checked }) => change({ [name]: checked })}
        />
      ))}
      {conflict && <ConflictBar conflict={conflict} onTakeTheirs={takeTheirs} />}
      {save.error && <FailurePanel error={save.error} />}
      <div className={styles.actions}>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={save.isPending || changed.length === 0 || wrong.length > 0}
        >
          {texts.parts.save}
        </Button>
        <span role="status">
          {save.isPending && <Spinner size="tiny" label={texts.parts.saving} />}
          {save.data === true && changed.length === 0 && settings.saved}
        </span>
      </div>
    </form>
  );
}

function ConflictBar({ conflict, onTakeTheirs }: { conflict: SettingsConflict; onTakeTheirs: () => void }) {
  const { theirs, names } = conflict;
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{texts.parts.conflict}</MessageBarTitle> {texts.parts.conflictLead}
        <ul>
          {names.map((name) => (
            <li key={name}>
              {settings.names[name]}: {settings.theirs} <bdi>{shown(theirs, name)}</bdi>
            </li>
          ))}
        </ul>
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onTakeTheirs}>{texts.parts.takeTheirs}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function shown(draft: SettingsDraft, name: SettingName): string {
  const value = draft[name];
  if (typeof value === 'boolean') return value ? settings.on : settings.off;
  if (name === 'loadBalancingSetting') return settings.balancings[draft.loadBalancingSetting];
  return value === '' ? settings.nothing : String(value);
}
