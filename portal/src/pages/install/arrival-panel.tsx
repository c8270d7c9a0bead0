import { makeStyles, Spinner, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { AppLink } from '../../parts/app-link.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import type { Gateway } from '../connections/connection-wizard.js';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start' },
  stages: { display: 'grid', gap: tokens.spacingVerticalXS, margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  steps: { display: 'grid', gap: tokens.spacingVerticalS, margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

/** Stages of an installation that are over when the agent is connected. */
const CONNECTED = 2;

/** Waits for the machine and shows the gateway as it appears, then what comes next. */
export function ArrivalPanel({ stage, gateway }: { stage: number; gateway: Gateway | undefined }) {
  const styles = useStyles();
  const { install } = texts;
  const isThere = stage === CONNECTED && gateway;
  return (
    <section className={styles.root} aria-labelledby="arrival">
      <Subtitle1 as="h2" id="arrival">
        {isThere ? install.connected(gateway.displayName) : install.waitTitle}
      </Subtitle1>
      <ol className={styles.stages}>
        {install.stages.map((label, index) => (
          <li key={label}>
            <StatusLabel tone={index <= stage ? 'good' : 'unknown'} label={label} />
          </li>
        ))}
      </ol>
      <div role="status">
        {isThere ? (
          <StatusLabel tone="good" label={install.connected(gateway.displayName)} />
        ) : (
          <Spinner size="tiny" label={stage === 0 ? install.waiting : install.registered} />
        )}
      </div>
      {isThere && <NextSteps gateway={gateway} />}
    </section>
  );
}

function NextSteps({ gateway: { id } }: { gateway: Gateway }) {
  const styles = useStyles();
  const { install } = texts;
  const steps = [
    {
      to: `/gateways/${id}`,
      search: { tab: 'people' },
      name: install.nextAdministrator,
      lead: install.nextAdministratorLead,
    },
    { to: '/install', search: { as: 'member', gatewayId: id }, name: install.nextMember, lead: install.nextMemberLead },
    {
      to: '/connections/new',
      search: { gatewayId: id },
      name: install.nextConnection,
      lead: install.nextConnectionLead,
    },
  ];
  return (
    <>
      <Subtitle1 as="h3">{install.nextTitle}</Subtitle1>
      <ul className={styles.steps}>
        {steps.map(({ to, search, name, lead }) => (
          <li key={name}>
            <AppLink to={to} search={search}>
              {name}
            </AppLink>
            <Text block>{lead}</Text>
          </li>
        ))}
      </ul>
      <AppLink to={`/gateways/${id}`} look="button">
        {install.openGateway}
      </AppLink>
    </>
  );
}
