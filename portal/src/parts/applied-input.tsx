import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';

export interface AppliedInputProps {
  readonly label: string;
  /** What applies now. */
  readonly value: string;
  readonly onApply: (value: string) => void;
  /** What is wrong with a text; undefined when it may apply. Nothing typed is never wrong. */
  readonly check?: (value: string) => string | undefined;
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
}

/** A text that applies when it is finished: with Enter, or on leaving the field. */
export function AppliedInput({ label, value, onApply, check, placeholder, suggestions }: AppliedInputProps) {
  const [typed, setTyped] = useState(value);
  const [applied, setApplied] = useState(value);
  // The address of the page may change underneath: going back, clearing the filter.
  if (applied !== value) {
    setApplied(value);
    setTyped(value);
  }
  const wrong = typed === '' ? undefined : check?.(typed.trim());
  const apply = () => {
    const text = typed.trim();
    if (text !== value && wrong === undefined) onApply(text);
  };
  const listId = suggestions && `suggestions-${label.replaceAll(/\W/g, '-')}`;
  return (
    <Field label={label} {...(wrong === undefined ? {} : { validationMessage: wrong })}>
      <Input
        value={typed}
        placeholder={placeholder ?? ''}
        autoComplete="off"
        spellCheck={false}
        list={listId}
        onChange={(_event, data) => setTyped(data.value)}
        onBlur={apply}
        onKeyDown={({ key }) => key === 'Enter' && apply()}
      />
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </Field>
  );
}
