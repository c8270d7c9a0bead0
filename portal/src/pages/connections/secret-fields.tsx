import { Field, makeStyles, tokens } from '@fluentui/react-components';
import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { CredentialPair } from '../../../../src/contract/sealed-credential.js';
import { texts } from '../../texts/texts.js';
import { isShown, pairsOf, type SecretName } from './connection-draft.js';

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  input: {
    boxSizing: 'border-box',
    width: '100%',
    minHeight: '32px',
    padding: `0 ${tokens.spacingHorizontalMNudge}`,
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorCompoundBrandStroke}` },
  },
});

/** How the form around gets at what was typed, once, and wipes it. */
export interface SecretFieldsHandle {
  /** Whether anything stands in a field. */
  readonly isTouched: () => boolean;
  /** Marks and focuses the first field that is empty. @returns whether there is none */
  readonly check: () => boolean;
  readonly take: () => readonly CredentialPair[];
  readonly wipe: () => void;
}

/**
 * Fields for secrets. What is typed lives in the fields alone: not in the state of the page, not in attributes, and not in
 * what the browser remembers.
 */
export function SecretFields({ names, ref }: { names: readonly SecretName[]; ref: Ref<SecretFieldsHandle> }) {
  const styles = useStyles();
  const fields = useRef(new Map<SecretName, HTMLInputElement>());
  const [missing, setMissing] = useState<readonly SecretName[]>([]);
  useImperativeHandle(ref, () => {
    const valueOf = (name: SecretName) => fields.current.get(name)?.value ?? '';
    return {
      isTouched: () => names.some((name) => valueOf(name) !== ''),
      check: () => {
        const empty = names.filter((name) => valueOf(name) === '');
        setMissing(empty);
        const [first] = empty;
        if (first !== undefined) fields.current.get(first)?.focus();
        return first === undefined;
      },
      take: () => pairsOf(names, new Map(names.map((name) => [name, valueOf(name)]))),
      wipe: () => {
        for (const field of fields.current.values()) field.value = '';
        setMissing([]);
      },
    };
  }, [names]);
  return (
    <div className={styles.root}>
      {names.map((name) => (
        <Field
          key={name}
          label={texts.newConnection.secrets[name]}
          {...(missing.includes(name) && { validationMessage: texts.newConnection.required })}
        >
          {(props) => (
            <input
              {...props}
              ref={(element) => {
                if (element) fields.current.set(name, element);
                else fields.current.delete(name);
              }}
              className={styles.input}
              type={isShown(name) ? 'text' : 'password'}
              // A form that is sent or stored by name must not find these.
              autoComplete="off"
              autoCapitalize="off"
              autoCorrect="off"
              spellCheck={false}
              data-1p-ignore
              data-lpignore="true"
            />
          )}
        </Field>
      ))}
    </div>
  );
}
