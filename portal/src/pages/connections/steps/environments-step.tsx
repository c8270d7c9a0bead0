import { Field, Select } from '@fluentui/react-components';
import type { Reach } from '../../../api/region-reach.js';
import { texts } from '../../../texts/texts.js';
import { PRIVACY_LEVELS, type PrivacyLevel } from '../connection-draft.js';
import { EnvironmentChoice } from '../environment-choice.js';
import type { StepProps } from './wizard-steps.js';

interface EnvironmentsStepProps extends StepProps {
  readonly reach: readonly Reach[];
}

/** Where it may be used, and with what its data may be combined. */
export function EnvironmentsStep({ draft, onChange, reach }: EnvironmentsStepProps) {
  return (
    <>
      <EnvironmentChoice
        reach={reach}
        chosen={draft.environmentIds}
        onChange={(environmentIds) => onChange({ environmentIds })}
      />
      <Field label={texts.newConnection.privacy} hint={texts.newConnection.privacyHint}>
        <Select
          value={draft.privacyLevel}
          onChange={(_event, { value }) => onChange({ privacyLevel: value as PrivacyLevel })}
        >
          {PRIVACY_LEVELS.map((level) => (
            <option key={level} value={level}>
              {texts.newConnection.privacyLevels[level]}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
