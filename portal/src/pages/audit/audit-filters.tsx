import { Button } from '@fluentui/react-components';
import { optionsOf, useGatewayNames } from '../../api/use-names.js';
import { AppliedInput } from '../../parts/applied-input.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { FilterGrid } from '../../parts/filter-grid.js';
import { idProblem } from '../../parts/id-problem.js';
import { TimeRangeFields } from '../../parts/time-range-fields.js';
import { texts } from '../../texts/texts.js';
import type { useAuditFilter } from './use-audit.js';

const { audit, events } = texts;

export type AuditFiltersProps = ReturnType<typeof useAuditFilter> & {
  /** Actions that were seen, to choose from. */
  readonly actions: readonly string[];
};

export function AuditFilters({ filter, change, isFiltered, clear, actions }: AuditFiltersProps) {
  const gateways = useGatewayNames();
  return (
    <FilterGrid>
      <AppliedInput
        label={audit.action}
        value={filter.action}
        placeholder="connection.created"
        suggestions={actions}
        onApply={(action) => change({ action })}
      />
      <AppliedInput
        label={audit.actor}
        value={filter.actorId}
        check={idProblem}
        onApply={(actorId) => change({ actorId })}
      />
      <ChoiceField
        label={audit.gateway}
        value={filter.gatewayId}
        options={[['', events.any], ...optionsOf(gateways)]}
        onChoose={(gatewayId) => change({ gatewayId })}
      />
      <AppliedInput label={audit.subject} value={filter.subjectId} onApply={(subjectId) => change({ subjectId })} />
      <AppliedInput
        label={audit.result}
        value={filter.code}
        placeholder={audit.resultHint}
        suggestions={['succeeded']}
        onApply={(code) => change({ code })}
      />
      <TimeRangeFields value={filter} onChange={change} />
      {isFiltered && (
        <div>
          <Button appearance="subtle" onClick={clear}>
            {texts.parts.clearFilter}
          </Button>
        </div>
      )}
    </FilterGrid>
  );
}
