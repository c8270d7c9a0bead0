import { Checkbox, Text } from '@fluentui/react-components';
import type { SealedValue } from '../../../../../src/client/sealed-value.js';
import { texts } from '../../../texts/texts.js';
import { detailsOf } from '../connection-draft.js';
import type { Gateway, PlacedEnvironment } from '../connection-wizard.js';
import { FactList, type Fact } from '../fact-list.js';
import type { StepProps } from './wizard-steps.js';

interface ReviewStepProps extends StepProps {
  readonly gateway: Gateway | undefined;
  readonly environments: readonly PlacedEnvironment[];
  readonly sealed: SealedValue | undefined;
}

/** Everything once more before it is made. */
export function ReviewStep({ draft, onChange, type, method, gateway, environments, sealed }: ReviewStepProps) {
  const names = environments.filter(({ id }) => draft.environmentIds.includes(id));
  const { newConnection } = texts;
  const facts: Fact[] = [
    { term: newConnection.name, value: draft.displayName },
    { term: newConnection.gateway, value: gateway?.displayName ?? '' },
    { term: newConnection.type, value: newConnection.types[draft.type] ?? draft.type },
    ...(method ? detailsOf(draft, method).parameters : []).map(({ name, value }) => ({
      term: newConnection.parameters[name] ?? name,
      value,
    })),
    {
      term: newConnection.credentialType,
      value: draft.credentialType === '' ? '' : newConnection.credentialTypes[draft.credentialType],
    },
    ...(sealed ? [{ term: newConnection.fingerprint, value: sealed.keyId }] : []),
    { term: newConnection.encryption, value: newConnection.encryptions[draft.encryption] },
    { term: newConnection.privacy, value: newConnection.privacyLevels[draft.privacyLevel] },
    {
      term: newConnection.environments,
      value: names.map(({ displayName }) => displayName).join(', ') || newConnection.none,
    },
  ];
  return (
    <>
      <Text weight="semibold">{newConnection.review}</Text>
      <FactList facts={facts} />
      {type?.supportsSkipTestConnection === true && (
        <Checkbox
          checked={draft.skipTest}
          onChange={(_event, { checked }) => onChange({ skipTest: checked === true })}
          label={`${newConnection.skipTest}. ${newConnection.skipTestHint}`}
        />
      )}
    </>
  );
}
