import { Field, Select } from '@fluentui/react-components';

export interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChoose: (value: string) => void;
}

/** One of a few; a value that is not among them stays visible as it is. */
export function ChoiceField({ label, value, options, onChoose }: ChoiceFieldProps) {
  const isListed = options.some(([one]) => one === value);
  return (
    <Field label={label}>
      {/* As narrow as the page, however long its longest entry is. */}
      <Select value={value} style={{ minWidth: 0 }} onChange={(_event, data) => onChoose(data.value)}>
        {!isListed && <option value={value}>{value}</option>}
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
