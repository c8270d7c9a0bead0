import { Checkbox, Field, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { SOURCE_KINDS } from '../../../../src/contract/targets.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { texts } from '../../texts/texts.js';
import type { PolicyFieldsProps } from './install-fields.js';
import { NumberField } from './number-field.js';
import { MAX_MINIMUM_ADMINISTRATORS } from './policy-change.js';

const { policy: words } = texts;
const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalM, alignContent: 'start', minWidth: 0 },
  kinds: { display: 'grid' },
});

/** What gateways may be used for. */
export function UseFields({ policy, draft, onChange }: PolicyFieldsProps) {
  const styles = useStyles();
  const allowed = draft.allowedKinds === undefined ? policy.allowedKinds : draft.allowedKinds;
  const licenceRules = draft.licenceRules === undefined ? policy.licenceRules : (draft.licenceRules ?? 'default');
  return (
    <section className={styles.root} aria-label={words.use}>
      <Subtitle2 as="h2">{words.use}</Subtitle2>
      <NumberField
        label={words.minimum}
        value={draft.minimumAdministrators ?? policy.minimumAdministrators}
        max={MAX_MINIMUM_ADMINISTRATORS}
        onChange={(minimumAdministrators) => onChange({ minimumAdministrators })}
      />
      <ChoiceField
        label={words.licenceRules}
        value={licenceRules}
        options={[
          ['default', words.licenceChoices.default],
          ['classic', words.licenceChoices.classic],
          ['current', words.licenceChoices.current],
        ]}
        onChoose={(value) => onChange({ licenceRules: value === 'classic' || value === 'current' ? value : null })}
      />
      <Field label={words.kinds} {...(allowed?.length === 0 && { validationMessage: words.oneKind })}>
        <div className={styles.kinds} role="group" aria-label={words.kinds}>
          <Checkbox
            label={words.allKinds}
            checked={allowed === null}
            onChange={(_event, { checked }) => onChange({ allowedKinds: checked === true ? null : [...SOURCE_KINDS] })}
          />
          {allowed &&
            SOURCE_KINDS.map((kind) => (
              <Checkbox
                key={kind}
                label={texts.sourceKinds[kind]}
                checked={allowed.includes(kind)}
                onChange={(_event, { checked }) =>
                  onChange({
                    allowedKinds: SOURCE_KINDS.filter((one) =>
                      one === kind ? checked === true : allowed.includes(one),
                    ),
                  })
                }
              />
            ))}
        </div>
      </Field>
    </section>
  );
}
