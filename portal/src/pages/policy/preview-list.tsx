import { Subtitle2, Text } from '@fluentui/react-components';
import { EventTable, type EventColumn } from '../../parts/event-table.js';
import { texts } from '../../texts/texts.js';
import type { PolicyPreview } from './use-policy.js';

const { policy: words } = texts;
type Affected = PolicyPreview['value'][number];
const COLUMNS: readonly EventColumn<Affected>[] = [
  {
    title: words.columns.kind,
    track: '10rem',
    // A newer control plane may name what this page has no word for.
    show: ({ kind }) => (words.kindsOf as Readonly<Record<string, string>>)[kind] ?? kind,
  },
  { title: words.columns.name, track: 'minmax(10rem, 1fr)', show: ({ displayName }) => displayName },
  { title: words.columns.effect, track: 'minmax(14rem, 2fr)', show: ({ effect }) => effect },
];

/** Whom a change would affect. */
export function PreviewList({ preview: { value, truncated } }: { preview: PolicyPreview }) {
  return (
    <section aria-label={words.previewTitle}>
      <Subtitle2 as="h2">{words.previewTitle}</Subtitle2>
      {value.length === 0 ? (
        <p>{words.nobody}</p>
      ) : (
        <EventTable
          label={words.previewTitle}
          columns={COLUMNS}
          rows={value}
          keyOf={({ kind, id, effect }) => `${kind} ${id} ${effect}`}
        />
      )}
      {truncated && <Text>{words.truncated}</Text>}
    </section>
  );
}
