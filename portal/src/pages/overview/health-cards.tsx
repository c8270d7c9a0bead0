import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Overview } from '../../api/overview.js';
import { AppLink } from '../../parts/app-link.js';
import { StatusLabel, type StatusTone } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(18rem, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  card: {
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'baseline' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400 },
  list: {
    display: 'grid',
    gridTemplateColumns: '1fr auto',
    rowGap: tokens.spacingVerticalXS,
    margin: `${tokens.spacingVerticalM} 0 0`,
  },
  number: { margin: 0, textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
});

interface CardLine {
  readonly label: string;
  readonly tone: StatusTone;
  readonly count: number;
  readonly search?: Readonly<Record<string, string>>;
}

/** Gateways, members and connections by how they are; each number leads to those it counts. */
export function HealthCards({ overview: { gateways, members, connections } }: { overview: Overview }) {
  const styles = useStyles();
  const { overview: words } = texts;
  const gatewayLines: CardLine[] = [
    { label: words.health.online, tone: 'good', count: gateways.online, search: { status: 'online' } },
    { label: words.health.degraded, tone: 'warning', count: gateways.degraded, search: { status: 'degraded' } },
    { label: words.health.offline, tone: 'bad', count: gateways.offline, search: { status: 'offline' } },
  ];
  const memberLines: CardLine[] = [
    { label: words.memberStates.online, tone: 'good', count: members.online },
    { label: words.memberStates.offline, tone: 'bad', count: members.offline },
    { label: words.memberStates.drained, tone: 'paused', count: members.drained },
    { label: words.memberStates.disabled, tone: 'paused', count: members.disabled },
  ];
  const connectionLines: CardLine[] = [
    { label: words.working, tone: 'good', count: connections.total - connections.failing },
    { label: words.failing, tone: 'bad', count: connections.failing, search: { status: 'failing' } },
  ];
  return (
    <div className={styles.root}>
      <Card title={words.gateways} to="/gateways" lines={gatewayLines} />
      <Card title={words.members} to="/gateways" lines={memberLines} />
      <Card title={words.connections} to="/connections" lines={connectionLines} />
    </div>
  );
}

function Card({ title, to, lines }: { title: string; to: string; lines: readonly CardLine[] }) {
  const styles = useStyles();
  const total = lines.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className={styles.card} aria-label={title}>
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <Text size={600} weight="semibold">
          {total.toLocaleString('en')}
        </Text>
      </div>
      <dl className={styles.list}>
        {lines.map(({ label, tone, count, search }) => [
          <dt key={`${label}-name`}>
            <StatusLabel tone={count === 0 ? 'unknown' : tone} label={label} />
          </dt>,
          <dd key={label} className={styles.number}>
            {search && count > 0 ? (
              <AppLink to={to} search={search}>
                {count.toLocaleString('en')}
                <span className="visually-hidden"> {label}</span>
              </AppLink>
            ) : (
              count.toLocaleString('en')
            )}
          </dd>,
        ])}
      </dl>
    </section>
  );
}
