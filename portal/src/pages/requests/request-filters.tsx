import { Button, makeStyles, Switch, tokens } from '@fluentui/react-components';
import { optionsOf, useConnectionNames, useGatewayNames } from '../../api/use-names.js';
import { useAccount } from '../../app/use-portal.js';
import { AppliedInput } from '../../parts/applied-input.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { FilterGrid } from '../../parts/filter-grid.js';
import { idProblem } from '../../parts/id-problem.js';
import { TimeRangeFields } from '../../parts/time-range-fields.js';
import { texts } from '../../texts/texts.js';
import type { useRequestFilter } from './use-requests.js';

const { requests, events } = texts;
const useStyles = makeStyles({ buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS } });
const ANY = ['', events.any] as const;
/** Running requests are not listed: they are found by their trace id. */
const STATUSES = (['succeeded', 'failed', 'aborted'] as const).map((one) => [one, requests.statuses[one]] as const);

export function RequestFilters({ filter, change, isFiltered, clear, isLive }: ReturnType<typeof useRequestFilter>) {
  const styles = useStyles();
  const gateways = useGatewayNames();
  const connections = useConnectionNames();
  const account = useAccount();
  return (
    <FilterGrid>
      <ChoiceField
        label={requests.gateway}
        value={filter.gatewayId}
        options={[ANY, ...optionsOf(gateways)]}
        onChoose={(gatewayId) => change({ gatewayId })}
      />
      <ChoiceField
        label={requests.connection}
        value={filter.connectionId}
        options={[ANY, ...optionsOf(connections)]}
        onChoose={(connectionId) => change({ connectionId })}
      />
      <ChoiceField
        label={requests.status}
        value={filter.status}
        options={[ANY, ...STATUSES]}
        onChoose={(status) => change({ status })}
      />
      <AppliedInput
        label={requests.code}
        value={filter.code}
        onApply={(code) => change({ code: code.toUpperCase() })}
        check={(text) => (/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(text) ? undefined : requests.codeWrong)}
      />
      <AppliedInput
        label={requests.caller}
        value={filter.callerId}
        onApply={(callerId) => change({ callerId })}
        check={idProblem}
      />
      <TimeRangeFields value={filter} onChange={change} />
      <div className={styles.buttons}>
        <Button onClick={() => change({ callerId: account?.id ?? '' })}>{requests.mine}</Button>
        {isFiltered && (
          <Button appearance="subtle" onClick={clear}>
            {texts.parts.clearFilter}
          </Button>
        )}
      </div>
      <Switch
        label={requests.live}
        checked={isLive}
        onChange={(_event, { checked }) => change({ live: checked ? '' : 'off' })}
      />
    </FilterGrid>
  );
}
