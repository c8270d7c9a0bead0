import { makeStyles, Spinner, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { servedRegions } from '../../api/region-reach.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { usePortal } from '../../app/use-portal.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { EmptyState } from '../../parts/empty-state.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { FORMATS } from './allow-list.js';
import { readNetworkNeeds, type NetworkNeeds } from './network-needs.js';
import { PlainTable } from './plain-table.js';
import { TakeAlong } from './take-along.js';

const { network } = texts;
/** More rows are in the download only. */
const SHOWN_RANGES = 500;

const useStyles = makeStyles({
  choice: { maxWidth: '24rem', marginBottom: tokens.spacingVerticalL },
  stack: { display: 'grid', gap: tokens.spacingVerticalM, minWidth: 0 },
});

export function Page(): React.ReactNode {
  const styles = useStyles();
  const { client } = usePortal();
  const [{ region: asked, format: wanted }, change] = useSearchTexts(['region', 'format']);
  const regions = useQuery({ queryKey: ['regions'], queryFn: () => client.get('/v1/regions') });
  const served = regions.data ? servedRegions(regions.data) : [];
  const region = asked === '' ? (served[0]?.key ?? '') : asked;
  const format = FORMATS.find((one) => one === wanted) ?? 'text';
  const needs = useQuery({
    queryKey: ['network', region],
    queryFn: () => readNetworkNeeds(client, region),
    enabled: region !== '',
  });
  const failure = regions.error ?? needs.error;
  const isLoading = !failure && (regions.isPending || (region !== '' && needs.isPending));
  return (
    <>
      <PageHeader title={network.title} lead={network.lead} />
      {regions.data && served.length === 0 && region === '' && (
        <EmptyState title={network.noRegions} lead={network.noRegionsLead} />
      )}
      {region !== '' && (
        <div className={styles.choice}>
          <ChoiceField
            label={network.region}
            value={region}
            options={served.map(({ key, displayName }) => [key, displayName] as const)}
            onChoose={(chosen) => change({ region: chosen })}
          />
        </div>
      )}
      {failure && <FailurePanel error={failure} onAgain={() => void (regions.error ? regions : needs).refetch()} />}
      {isLoading && <Spinner label={network.loading} />}
      {needs.data && (
        <div className={styles.stack}>
          <Needs needs={needs.data} />
          <Subtitle1 as="h2">{network.take}</Subtitle1>
          <TakeAlong
            needs={needs.data}
            region={region}
            format={format}
            onFormat={(chosen) => change({ format: chosen })}
          />
        </div>
      )}
    </>
  );
}

function Needs({ needs: { hosts, addresses, serviceTags } }: { needs: NetworkNeeds }) {
  return (
    <>
      <Subtitle1 as="h2">{network.hosts}</Subtitle1>
      <PlainTable
        label={network.hosts}
        titles={Object.values(network.hostColumns)}
        rows={hosts.map(({ name, ports, what }) => [name, ports.join(', '), what])}
      />
      <Subtitle1 as="h2">{network.addresses}</Subtitle1>
      {addresses === null ? (
        <Text>{network.noAddresses}</Text>
      ) : (
        <>
          <Text>
            {network.addressCount(addresses.length)}
            {serviceTags && `. ${network.edition(serviceTags.changeNumber.toString(), serviceTags.cloud)}`}
          </Text>
          <PlainTable
            label={network.addresses}
            titles={Object.values(network.addressColumns)}
            rows={addresses.slice(0, SHOWN_RANGES).map(({ prefix, service }) => [prefix, service ?? ''])}
          />
        </>
      )}
    </>
  );
}
