import type { GatewaySummary } from '../../api/gateway-summaries.js';
import type { Me } from '../../api/me.js';
import { AppliedInput } from '../../parts/applied-input.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { FilterGrid } from '../../parts/filter-grid.js';
import { texts } from '../../texts/texts.js';
import type { GatewayFilter } from './gateway-filter.js';

export interface GatewayFiltersProps {
  readonly filter: GatewayFilter;
  /** All that could be narrowed: what the choices are made of. */
  readonly gateways: readonly GatewaySummary[];
  readonly me: Me | undefined;
  readonly onChange: (part: Partial<GatewayFilter>) => void;
}

export function GatewayFilters({ filter, gateways, me, onChange }: GatewayFiltersProps) {
  const { gateways: words } = texts;
  const all = ['', words.all] as const;
  const options = (of: (gateway: GatewaySummary) => string | null) =>
    [...new Set(gateways.map(of))]
      .filter((value) => value !== null)
      .sort()
      .map((value) => [value, value] as const);
  return (
    <FilterGrid>
      <AppliedInput label={words.search} value={filter.search} onApply={(search) => onChange({ search })} />
      <ChoiceField
        label={words.status}
        value={filter.status}
        options={[all, ...Object.entries(words.statuses)]}
        onChoose={(status) => onChange({ status })}
      />
      <ChoiceField
        label={words.region}
        value={filter.region}
        options={[all, ...options(({ region }) => region)]}
        onChoose={(region) => onChange({ region })}
      />
      <ChoiceField
        label={words.version}
        value={filter.version}
        options={[all, ...options(({ version }) => version)]}
        onChoose={(version) => onChange({ version })}
      />
      {me?.isTenantAdministrator && (
        <ChoiceField
          label={words.scope}
          value={filter.scope}
          options={[
            ['', words.own],
            ['tenant', words.tenant],
          ]}
          onChoose={(scope) => onChange({ scope })}
        />
      )}
    </FilterGrid>
  );
}
