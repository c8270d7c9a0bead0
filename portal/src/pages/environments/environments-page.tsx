import { Button, makeStyles, Spinner, Tab, TabList, tokens } from '@fluentui/react-components';
import { AddRegular, ArrowUploadRegular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { EmptyState } from '../../parts/empty-state.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { EnvironmentForm } from './environment-form.js';
import { EnvironmentTable } from './environment-table.js';
import { ImportDialog } from './import-dialog.js';
import { RegionOverview } from './region-overview.js';
import { regionServices } from './region-service.js';
import { ServiceMatrix } from './service-matrix.js';
import { useEnvironments, useRegionMap } from './use-environments.js';
import { usePlacedGateways } from './use-placed-gateways.js';

const { environments: words } = texts;
const useStyles = makeStyles({ tabs: { marginBottom: tokens.spacingVerticalM, flexWrap: 'wrap' } });

export function Page(): React.ReactNode {
  const styles = useStyles();
  const [{ tab }, change] = useSearchTexts(['tab']);
  const [open, setOpen] = useState<'add' | 'import'>();
  const environments = useEnvironments();
  const map = useRegionMap();
  const placed = usePlacedGateways();
  const data = useMemo(() => {
    if (!environments.data || !map.data || !placed.data) return undefined;
    const { gateways, isCut } = placed.data;
    const regions = regionServices(map.data, environments.data, gateways);
    return { environments: environments.data, map: map.data, gateways, isCut, regions };
  }, [environments.data, map.data, placed.data]);
  const failed = [environments, map, placed].find(({ error }) => error);
  const shown = tab === 'matrix' || tab === 'map' ? tab : 'list';
  const isEmpty = data?.environments.length === 0;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead}>
        <Button icon={<ArrowUploadRegular />} onClick={() => setOpen('import')}>
          {words.import}
        </Button>
        <Button appearance="primary" icon={<AddRegular />} disabled={!map.data} onClick={() => setOpen('add')}>
          {words.add}
        </Button>
      </PageHeader>
      <TabList
        className={styles.tabs}
        selectedValue={shown}
        onTabSelect={(_event, { value }) => change({ tab: value === 'list' ? '' : String(value) })}
      >
        {(['list', 'matrix', 'map'] as const).map((one) => (
          <Tab key={one} value={one}>
            {words.tabs[one]}
          </Tab>
        ))}
      </TabList>
      {failed?.error && <FailurePanel error={failed.error} onAgain={() => void failed.refetch()} />}
      {!data && !failed && <Spinner label={words.loading} />}
      {data && isEmpty && shown !== 'map' && <EmptyState title={words.empty} lead={words.emptyLead} />}
      {data && !isEmpty && shown === 'list' && <EnvironmentTable {...data} />}
      {data && !isEmpty && shown === 'matrix' && <ServiceMatrix {...data} />}
      {data && shown === 'map' && <RegionOverview {...data} />}
      {open === 'add' && map.data && <EnvironmentForm map={map.data} onClose={() => setOpen(undefined)} />}
      {open === 'import' && <ImportDialog onClose={() => setOpen(undefined)} />}
    </>
  );
}
