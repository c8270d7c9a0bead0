import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Select,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import {
  addressParameters,
  PRIVACY_LEVELS,
  secretsOf,
  type Connection,
  type ConnectionDraft,
  type CreationMethod,
  type PrivacyLevel,
  type SourceType,
} from './connection-draft.js';
import { draftOf, leadsElsewhere, missingInEdit } from './connection-edit.js';
import { ParameterFields } from './parameter-fields.js';
import type { SecretFieldsHandle } from './secret-fields.js';
import { SignInFields } from './sign-in-fields.js';
import { Conflict, useSaving } from './use-saving.js';
import { useSealing } from './use-sealing.js';

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM, maxWidth: '44rem' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
});

export interface EditFormProps {
  readonly connection: Connection;
  readonly type: SourceType;
  readonly method: CreationMethod;
  readonly keyId: string;
  /** Throws away what was typed and begins from what is stored now. */
  readonly onStartOver: () => void;
}

/** The settings of a connection. */
export function EditForm({ connection, type, method, keyId, onStartOver }: EditFormProps) {
  const styles = useStyles();
  const [base, setBase] = useState(connection);
  const before = draftOf(base);
  const [draft, setDraft] = useState(before);
  const [isChecked, setChecked] = useState(false);
  const secrets = useRef<SecretFieldsHandle>(null);
  const sealing = useSealing(draft, keyId);
  const saving = useSaving({ base, before, draft, method, sealing, onSaved: setBase });
  const isElsewhere = leadsElsewhere(before, draft, method);
  const needsSecret = isElsewhere && secretsOf(draft).length > 0;
  const missing = isChecked ? missingInEdit(draft, method) : [];
  const change = (part: Partial<ConnectionDraft>) => {
    saving.reset();
    setDraft((now) => ({ ...now, ...part }));
  };
  const save = () => {
    setChecked(true);
    if (missingInEdit(draft, method).length > 0) return;
    if (needsSecret && !sealing.isReady(secrets.current)) return;
    if (secrets.current?.isTouched() && !secrets.current.check()) return;
    void saving.save(secrets.current);
  };
  const { edit } = texts.connection;
  return (
    <form
      className={styles.root}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving.isBusy) save();
      }}
    >
      <Field
        label={texts.newConnection.name}
        required
        {...(missing.includes('displayName') && { validationMessage: texts.newConnection.required })}
      >
        <Input
          value={draft.displayName}
          dir="auto"
          autoComplete="off"
          onChange={(_event, { value }) => change({ displayName: value })}
        />
      </Field>
      <Field label={texts.newConnection.privacy} hint={texts.newConnection.privacyHint}>
        <Select
          value={draft.privacyLevel}
          onChange={(_event, { value }) => change({ privacyLevel: value as PrivacyLevel })}
        >
          {PRIVACY_LEVELS.map((level) => (
            <option key={level} value={level}>
              {texts.newConnection.privacyLevels[level]}
            </option>
          ))}
        </Select>
      </Field>
      <Text>{edit.lead}</Text>
      <ParameterFields
        parameters={addressParameters(method)}
        values={draft.parameters}
        missing={missing}
        onChange={(name, value) => change({ parameters: { ...draft.parameters, [name]: value } })}
      />
      <div role="status">
        {needsSecret && !sealing.sealed && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{edit.reseal}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {secretsOf(draft).length > 0 && !needsSecret && <Text>{edit.replaceLead}</Text>}
      <SignInFields
        draft={draft}
        onChange={change}
        missing={missing}
        type={type}
        method={method}
        keyId={keyId}
        sealed={sealing.sealed}
        secrets={secrets}
      />
      <Checkbox
        checked={draft.skipTest}
        label={edit.untested}
        onChange={(_event, { checked }) => change({ skipTest: checked === true })}
      />
      {saving.failure instanceof Conflict ? (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{texts.parts.conflict}</MessageBarTitle> {texts.parts.conflictLead}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={onStartOver}>{texts.parts.takeTheirs}</Button>
          </MessageBarActions>
        </MessageBar>
      ) : (
        saving.failure !== undefined && <FailurePanel error={saving.failure} />
      )}
      <div className={styles.actions}>
        <Button type="submit" appearance="primary" disabledFocusable={saving.isBusy}>
          {edit.save}
        </Button>
        <span role="status">
          {saving.isBusy && <Spinner size="tiny" label={edit.saving} />}
          {saving.outcome === 'saved' && edit.saved}
          {saving.outcome === 'nothing' && edit.nothing}
        </span>
      </div>
    </form>
  );
}
