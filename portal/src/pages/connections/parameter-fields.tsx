import { Field, Input, Select } from '@fluentui/react-components';
import { texts } from '../../texts/texts.js';
import type { Parameter } from './connection-draft.js';

export interface ParameterFieldsProps {
  readonly parameters: readonly Parameter[];
  readonly values: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
  readonly onChange: (name: string, value: string) => void;
}

/** A field for each parameter of a kind of source. */
export function ParameterFields({ parameters, values, missing, onChange }: ParameterFieldsProps) {
  return parameters.map(({ name, required, allowedValues }) => {
    const hint = texts.newConnection.parameterHints[name];
    return (
      <Field
        key={name}
        label={texts.newConnection.parameters[name] ?? name}
        required={required}
        {...(hint !== undefined && { hint })}
        {...(missing.includes(name) && { validationMessage: texts.newConnection.required })}
      >
        {allowedValues ? (
          <Select value={values[name] ?? ''} onChange={(_event, { value }) => onChange(name, value)}>
            <option value="">{texts.newConnection.unset}</option>
            {allowedValues.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </Select>
        ) : (
          <Input
            value={values[name] ?? ''}
            onChange={(_event, { value }) => onChange(name, value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
    );
  });
}
