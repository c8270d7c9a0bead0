import { makeStyles, Spinner, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { optionsOf, useGatewayNames } from '../../api/use-names.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { usePortal } from '../../app/use-portal.js';
import { AppLink } from '../../parts/app-link.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { EmptyState } from '../../parts/empty-state.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { GatewayUpdate } from './gateway-update.js';
import { ReleaseList } from './release-list.js';

const { releases } = texts;
const useStyles = makeStyles({
  section: { display: 'grid', gap: tokens.spacingVerticalM, marginTop: tokens.spacingVerticalXXL, minWidth: 0 },
  choice: { maxWidth: '24rem' },
});

export function Page(): React.ReactNode {
  const styles = useStyles();
  const { client } = usePortal();
  const [{ gatewayId }, change] = useSearchTexts(['gatewayId']);
  const gateways = useGatewayNames();
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['releases', 'list'],
    queryFn: () => client.get('/v1/releases'),
  });
  return (
    <>
      <PageHeader title={releases.title} lead={releases.lead} />
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {isPending && !error && <Spinner label={releases.loading} />}
      {data?.value.length === 0 && <EmptyState title={releases.empty} lead={releases.emptyLead} />}
      {data && data.value.length > 0 && <ReleaseList value={data.value} />}
      <section className={styles.section} aria-label={releases.update}>
        <Subtitle1 as="h2">{releases.update}</Subtitle1>
        <Text>{releases.updateLead}</Text>
        {gateways.size === 0 && gatewayId === '' ? (
          <Text>
            {releases.noGateways} <AppLink to="/install">{releases.install}</AppLink>
          </Text>
        ) : (
          <div className={styles.choice}>
            <ChoiceField
              label={releases.gateway}
              value={gatewayId}
              options={[['', releases.chooseGateway], ...optionsOf(gateways)]}
              onChoose={(chosen) => change({ gatewayId: chosen })}
            />
          </div>
        )}
        {gatewayId !== '' && (
          <GatewayUpdate
            key={gatewayId}
            gatewayId={gatewayId}
            gatewayName={gateways.get(gatewayId) ?? gatewayId}
            offered={data?.value.filter(({ offered }) => offered).map(({ version }) => version) ?? []}
          />
        )}
      </section>
    </>
  );
}
