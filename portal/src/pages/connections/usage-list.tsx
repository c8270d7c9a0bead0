import type { ConnectionUsage } from '../../api/connection-usage.js';
import { ClockTime } from '../../parts/clock-time.js';
import { texts } from '../../texts/texts.js';
import { PlainTable } from './plain-table.js';

const KINDS = ['environment', 'app', 'flow', 'caller'] as const;

/** Who used a connection, by what they are. */
export function UsageList({ uses }: { uses: readonly ConnectionUsage[] }) {
  const { usage } = texts.connection;
  return KINDS.flatMap((kind) => {
    const rows = uses.filter((use) => use.kind === kind);
    if (rows.length === 0) return [];
    return [
      <PlainTable
        key={kind}
        caption={usage.kinds[kind]}
        columns={[usage.name, usage.requests, usage.failed, usage.last]}
        rows={rows.map(({ id, displayName, requests, failed, lastUsedAt }) => ({
          key: id,
          cells: [
            displayName ?? id,
            requests.toLocaleString('en'),
            failed.toLocaleString('en'),
            <ClockTime key="last" at={lastUsedAt} />,
          ],
        }))}
      />,
    ];
  });
}
