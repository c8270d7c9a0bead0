import {
  Button,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { servedRegions, type RegionMap } from '../../api/region-reach.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import type { Gateway, PlacedEnvironment } from '../connections/connection-wizard.js';
import { RegionReach } from './region-reach.js';
import type { WantedGateway } from './use-join-token.js';

/** Longest name, as the API takes it. */
const MAX_NAME = 200;

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalM, maxWidth: '44rem', justifyItems: 'start' },
  field: { width: '100%' },
  actions: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center' },
});

export interface GoalFormProps {
  readonly gateways: readonly Gateway[];
  readonly environments: readonly PlacedEnvironment[];
  readonly regions: RegionMap;
  readonly isMade: boolean;
  readonly onMake: (wanted: WantedGateway) => Promise<void>;
}

/** What is to be installed and where, with what it will serve there. */
export function GoalForm({ gateways, environments, regions, isMade, onMake }: GoalFormProps) {
  const styles = useStyles();
  const [search, changeSearch] = useSearchTexts(['as', 'gatewayId', 'region']);
  const isFurther = search.as === 'member' || (search.as === '' && search.gatewayId !== '');
  const [name, setName] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const choices = servedRegions(regions);
  const gateway = gateways.find(({ id }) => id === search.gatewayId);
  const region = isFurther ? gateway?.region : search.region;
  const regionName = choices.find(({ key }) => key === region)?.displayName ?? region ?? '';
  const needed = (isMissing: boolean) => isChecked && isMissing && { validationMessage: texts.install.required };
  const make = async () => {
    setChecked(true);
    if (isFurther ? !gateway : name.trim() === '' || search.region === '') return;
    setBusy(true);
    setFailure(undefined);
    try {
      await onMake(
        gateway && isFurther ? { gatewayId: gateway.id } : { gatewayName: name.trim(), region: search.region },
      );
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void make();
      }}
    >
      <Field label={texts.install.what}>
        <RadioGroup
          value={isFurther ? 'further' : 'fresh'}
          onChange={(_event, { value }) => changeSearch({ as: value === 'further' ? 'member' : 'gateway' })}
        >
          <Radio value="fresh" label={`${texts.install.fresh}. ${texts.install.freshHint}.`} />
          <Radio
            value="further"
            label={`${texts.install.further}. ${texts.install.furtherHint}.`}
            disabled={gateways.length === 0}
          />
        </RadioGroup>
      </Field>
      {isFurther ? (
        <Field className={styles.field} label={texts.install.gateway} required {...needed(!gateway)}>
          <Select value={search.gatewayId} onChange={(_event, { value }) => changeSearch({ gatewayId: value })}>
            <option value="">{texts.install.chooseGateway}</option>
            {gateways.map((one) => (
              <option key={one.id} value={one.id}>
                {`\u2068${one.displayName}\u2069 (${one.region})`}
              </option>
            ))}
          </Select>
        </Field>
      ) : (
        <>
          <Field
            className={styles.field}
            label={texts.install.name}
            hint={texts.install.nameHint}
            required
            {...needed(name.trim() === '')}
          >
            <Input
              value={name}
              maxLength={MAX_NAME}
              dir="auto"
              autoComplete="off"
              onChange={(_event, { value }) => setName(value)}
            />
          </Field>
          <Field
            className={styles.field}
            label={texts.install.region}
            hint={texts.install.regionHint}
            required
            {...needed(search.region === '')}
          >
            <Select value={search.region} onChange={(_event, { value }) => changeSearch({ region: value })}>
              <option value="">{texts.install.chooseRegion}</option>
              {choices.map(({ key, displayName }) => (
                <option key={key} value={key}>
                  {displayName}
                </option>
              ))}
            </Select>
          </Field>
        </>
      )}
      {region !== undefined && region !== '' && (
        <RegionReach regionKey={region} regionName={regionName} regions={regions} environments={environments} />
      )}
      {failure !== undefined && <FailurePanel error={failure} />}
      <div className={styles.actions}>
        <Button type="submit" appearance={isMade ? 'secondary' : 'primary'} disabledFocusable={isBusy}>
          {isMade ? texts.install.again : texts.install.make}
        </Button>
        <span role="status">{isBusy && <Spinner size="tiny" label={texts.install.making} />}</span>
      </div>
    </form>
  );
}
