import { Field, Input } from '@fluentui/react-components';
import { texts } from '../../../texts/texts.js';
import { addressParameters } from '../connection-draft.js';
import { ParameterFields } from '../parameter-fields.js';
import type { StepProps } from './wizard-steps.js';

/** Longest name, as the API takes it. */
const MAX_NAME = 200;

/** What it is called, and where the source is. */
export function AddressStep({ draft, onChange, missing, method }: StepProps) {
  return (
    <>
      <Field
        label={texts.newConnection.name}
        hint={texts.newConnection.nameHint}
        required
        {...(missing.includes('displayName') && { validationMessage: texts.newConnection.required })}
      >
        <Input
          value={draft.displayName}
          maxLength={MAX_NAME}
          dir="auto"
          autoComplete="off"
          onChange={(_event, { value }) => onChange({ displayName: value })}
        />
      </Field>
      <ParameterFields
        parameters={addressParameters(method)}
        values={draft.parameters}
        missing={missing}
        onChange={(name, value) => onChange({ parameters: { ...draft.parameters, [name]: value } })}
      />
    </>
  );
}
