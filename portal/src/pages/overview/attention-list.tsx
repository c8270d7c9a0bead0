import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Attention } from '../../api/overview.js';
import { usePortal } from '../../app/use-portal.js';
import { AppLink } from '../../parts/app-link.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';

/** Shown at first; a press shows the rest. */
const FIRST = 5;

const useStyles = makeStyles({
  title: { margin: `0 0 ${tokens.spacingVerticalM}`, fontSize: tokens.fontSizeBase500 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '6rem minmax(0, 1fr) auto',
    gap: tokens.spacingHorizontalM,
    alignItems: 'start',
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 37.49rem)': { gridTemplateColumns: '1fr' },
  },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
  remedy: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
});

/** What somebody should see to, the critical first, each with what to do about it. */
export function AttentionList({ attention }: { attention: readonly Attention[] }) {
  const styles = useStyles();
  const { client } = usePortal();
  const queries = useQueryClient();
  const [isWhole, setWhole] = useState(false);
  const acknowledge = useMutation({
    mutationFn: (alertId: string) =>
      client.post('/v1/alerts/{alertId}/acknowledgement', { params: { path: { alertId } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alerts'] }),
  });
  // The newest page of them: what is older keeps its button, and pressing it again changes nothing.
  const noted = useQuery({
    queryKey: ['alerts', 'acknowledged'],
    queryFn: async () => {
      const { value } = await client.get('/v1/alerts', { params: { query: { state: 'Acknowledged' } } });
      return new Set(value.map(({ id }) => id));
    },
  });
  const isNoted = ({ alertId }: Attention) => alertId !== undefined && noted.data?.has(alertId) === true;
  const { overview: words } = texts;
  const sorted = [...attention].sort((one, other) => Number(isNoted(one)) - Number(isNoted(other)));
  const shown = isWhole ? sorted : sorted.slice(0, FIRST);
  return (
    <section aria-label={words.attention}>
      <h2 className={styles.title}>{words.attention}</h2>
      {attention.length === 0 && <StatusLabel tone="good" label={words.allWell} />}
      <ul className={styles.list}>
        {shown.map((one) => {
          const { alertId, title, name } = one;
          const isBusy = acknowledge.isPending && acknowledge.variables === alertId;
          return (
            <li key={alertId ?? `${one.kind} ${one.connectionId ?? ''}`} className={styles.item}>
              <StatusLabel
                tone={one.severity === 'critical' ? 'bad' : 'warning'}
                label={words.severities[one.severity]}
              />
              <div>
                <div className={styles.name}>{name}</div>
                <div>{title}</div>
                <div className={styles.remedy}>{one.remedy}</div>
              </div>
              <div className={styles.actions}>
                <SubjectLink attention={one} />
                {isNoted(one) && <StatusLabel tone="paused" label={words.seenTo} />}
                {alertId !== undefined && !isNoted(one) && (
                  <Button
                    size="small"
                    aria-label={words.acknowledgeOf(title, name)}
                    disabledFocusable={isBusy}
                    icon={isBusy ? <Spinner size="extra-tiny" /> : null}
                    onClick={() => acknowledge.mutate(alertId)}
                  >
                    {words.acknowledge}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {attention.length > shown.length && (
        <Button appearance="subtle" onClick={() => setWhole(true)}>
          {words.more(attention.length - shown.length)}
        </Button>
      )}
      {acknowledge.error && <FailurePanel error={acknowledge.error} />}
      <Text role="status" className={acknowledge.isSuccess ? '' : 'visually-hidden'}>
        {acknowledge.isSuccess && words.acknowledged}
      </Text>
    </section>
  );
}

function SubjectLink({ attention: { gatewayId, connectionId, kind } }: { attention: Attention }) {
  if (connectionId !== undefined) {
    return (
      <AppLink to={`/connections/${connectionId}`} {...(kind.includes('owner') && { search: { tab: 'sharing' } })}>
        {texts.overview.openConnection}
      </AppLink>
    );
  }
  if (gatewayId === undefined) return null;
  const tab = tabOf(kind);
  return (
    <AppLink to={`/gateways/${gatewayId}`} {...(tab !== undefined && { search: { tab } })}>
      {texts.overview.openGateway}
    </AppLink>
  );
}

/** Where on the gateway's page the remedy is. */
function tabOf(kind: string): string | undefined {
  if (kind.includes('administrator')) return 'people';
  if (kind.includes('recovery')) return 'recovery';
  return kind.includes('member') || kind.includes('version') ? 'members' : undefined;
}
