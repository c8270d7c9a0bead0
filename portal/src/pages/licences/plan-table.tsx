import { Text } from '@fluentui/react-components';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { EventTable, type EventColumn } from '../../parts/event-table.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';

const { licences: words } = texts;
type Plan = AnswerOf<'get', '/v1/licences/users/{idOrUpn}'>['plans'][number];
const COLUMNS: readonly EventColumn<Plan>[] = [
  { title: words.plan, track: 'minmax(12rem, 1fr)', show: ({ servicePlanName }) => servicePlanName },
  { title: words.product, track: 'minmax(12rem, 1fr)', show: ({ skuPartNumber }) => skuPartNumber },
  {
    title: words.whether,
    track: '12rem',
    show: ({ isSufficient }) =>
      isSufficient ? (
        <StatusLabel tone="good" label={words.sufficient} />
      ) : (
        <StatusLabel tone="paused" label={words.insufficient} />
      ),
  },
];

/** What somebody holds, each plan judged by itself. */
export function PlanTable({ plans }: { plans: readonly Plan[] }) {
  if (plans.length === 0) {
    return (
      <p>
        <Text>{words.noPlans}</Text>
      </p>
    );
  }
  return (
    <EventTable
      label={words.plans}
      columns={COLUMNS}
      rows={plans}
      keyOf={({ servicePlanId, skuPartNumber }) => `${servicePlanId} ${skuPartNumber}`}
    />
  );
}
