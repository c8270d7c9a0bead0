import { Field, Radio, RadioGroup, Select, Spinner } from '@fluentui/react-components';
import type { UseQueryResult } from '@tanstack/react-query';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { texts } from '../../../texts/texts.js';
import type { SourceType } from '../connection-draft.js';
import type { Gateway } from '../connection-wizard.js';
import type { StepProps } from './wizard-steps.js';

interface SourceStepProps extends StepProps {
  readonly gateways: readonly Gateway[];
  readonly types: UseQueryResult<readonly SourceType[]>;
}

/** Through which gateway, and to what kind of source. */
export function SourceStep({ draft, onChange, missing, type, method, gateways, types }: SourceStepProps) {
  const needed = (name: string) => missing.includes(name) && { validationMessage: texts.newConnection.required };
  const choose = (wanted: string) => {
    const ways = types.data?.find((one) => one.type === wanted)?.supportedCredentialTypes ?? [];
    const [only] = ways.length === 1 ? ways : [];
    onChange({ type: wanted, method: '', parameters: {}, credentialType: only ?? '', encryption: 'Any' });
  };
  return (
    <>
      <Field label={texts.newConnection.gateway} required {...needed('gatewayId')}>
        <Select
          value={draft.gatewayId}
          onChange={(_event, { value }) => onChange({ gatewayId: value, environmentIds: [] })}
        >
          <option value="">{texts.newConnection.chooseGateway}</option>
          {gateways.map(({ id, displayName, region }) => (
            <option key={id} value={id}>
              {`\u2068${displayName}\u2069 (${region})`}
            </option>
          ))}
        </Select>
      </Field>
      {types.error && !types.data && <FailurePanel error={types.error} onAgain={() => void types.refetch()} />}
      {types.isPending && <Spinner label={texts.newConnection.loading} />}
      {types.data && (
        <Field label={texts.newConnection.type} hint={texts.newConnection.typeHint} required {...needed('type')}>
          <RadioGroup value={type?.type ?? ''} onChange={(_event, { value }) => choose(value)}>
            {types.data.map((one) => (
              <Radio key={one.type} value={one.type} label={texts.newConnection.types[one.type] ?? one.type} />
            ))}
          </RadioGroup>
        </Field>
      )}
      {type && type.creationMethods.length > 1 && (
        <Field label={texts.newConnection.method}>
          <Select value={method?.name ?? ''} onChange={(_event, { value }) => onChange({ method: value })}>
            {type.creationMethods.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </Field>
      )}
    </>
  );
}
