import { Field, MessageBar, MessageBarBody, Radio, RadioGroup, Select, Text } from '@fluentui/react-components';
import type { Ref } from 'react';
import type { SealedValue } from '../../../../src/client/sealed-value.js';
import { texts } from '../../texts/texts.js';
import {
  secretsOf,
  signInParameters,
  type ConnectionDraft,
  type CreationMethod,
  type CredentialType,
  type Encryption,
  type SourceType,
} from './connection-draft.js';
import { ParameterFields } from './parameter-fields.js';
import { SealingKey } from './sealing-key.js';
import { SecretFields, type SecretFieldsHandle } from './secret-fields.js';

export interface SignInFieldsProps {
  readonly draft: Pick<ConnectionDraft, 'credentialType' | 'parameters' | 'encryption'>;
  readonly onChange: (part: Partial<ConnectionDraft>) => void;
  readonly missing: readonly string[];
  readonly type: SourceType | undefined;
  readonly method: CreationMethod | undefined;
  readonly keyId: string | undefined;
  readonly sealed: SealedValue | undefined;
  readonly secrets: Ref<SecretFieldsHandle>;
}

/** Authentication, its settings, and the secrets that it needs. */
export function SignInFields(props: SignInFieldsProps) {
  const { draft, onChange, missing, type, method, keyId, sealed, secrets } = props;
  const names = secretsOf(draft);
  return (
    <>
      <Field
        label={texts.newConnection.credentialType}
        required
        {...(missing.includes('credentialType') && { validationMessage: texts.newConnection.required })}
      >
        <RadioGroup
          value={draft.credentialType}
          onChange={(_event, { value }) => onChange({ credentialType: value as CredentialType })}
        >
          {type?.supportedCredentialTypes.map((one) => (
            <Radio key={one} value={one} label={texts.newConnection.credentialTypes[one]} />
          ))}
        </RadioGroup>
      </Field>
      <ParameterFields
        parameters={signInParameters(method, draft.credentialType)}
        values={draft.parameters}
        missing={missing}
        onChange={(name, value) => onChange({ parameters: { ...draft.parameters, [name]: value } })}
      />
      {type && type.supportedConnectionEncryptionTypes.length > 1 && (
        <Field label={texts.newConnection.encryption}>
          <Select
            value={draft.encryption}
            onChange={(_event, { value }) => onChange({ encryption: value as Encryption })}
          >
            {type.supportedConnectionEncryptionTypes.map((one) => (
              <option key={one} value={one}>
                {texts.newConnection.encryptions[one]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {draft.credentialType === 'Anonymous' && <Text>{texts.newConnection.notNeeded}</Text>}
      {names.length > 0 && (
        <>
          {sealed && (
            <MessageBar intent="success" layout="multiline">
              <MessageBarBody>{texts.newConnection.sealed}</MessageBarBody>
            </MessageBar>
          )}
          {/* Other fields, other elements: nothing that was typed for one authentication is taken for another. */}
          <SecretFields key={names.join()} names={names} ref={secrets} />
          {keyId !== undefined && <SealingKey keyId={keyId} />}
        </>
      )}
    </>
  );
}
