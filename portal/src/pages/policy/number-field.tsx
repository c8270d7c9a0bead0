import { Field, Input } from '@fluentui/react-components';
import { texts } from '../../texts/texts.js';
import { isWhole } from './policy-change.js';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** A whole number from 1 on. What is none is kept as typed, and said. */
export function NumberField({ label, value, max, onChange }: NumberFieldProps) {
  const isWrong = !isWhole(value, max);
  return (
    <Field label={label} {...(isWrong && { validationMessage: texts.policy.wholeNumber(1, max) })}>
      <Input
        type="number"
        min={1}
        max={max}
        value={Number.isNaN(value) ? '' : String(value)}
        onChange={(_event, data) => onChange(data.value === '' ? Number.NaN : Number(data.value))}
      />
    </Field>
  );
}
