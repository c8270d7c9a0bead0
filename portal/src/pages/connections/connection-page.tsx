import { Button, Spinner, Tab, TabList } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { usePortal } from '../../app/use-portal.js';
import { AppLink } from '../../parts/app-link.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import type { Connection } from './connection-draft.js';
import { DeleteConnection } from './delete-connection.js';
import { EnvironmentsTab } from './tabs/environments-tab.js';
import { LicencesTab } from './tabs/licences-tab.js';
import { OverviewTab } from './tabs/overview-tab.js';
import { SettingsTab } from './tabs/settings-tab.js';
import { SharingTab } from './tabs/sharing-tab.js';
import { UsageTab } from './tabs/usage-tab.js';

const TABS = {
  overview: OverviewTab,
  settings: SettingsTab,
  sharing: SharingTab,
  environments: EnvironmentsTab,
  licences: LicencesTab,
  usage: UsageTab,
} as const satisfies Record<string, (props: { connection: Connection }) => React.ReactNode>;
type TabName = keyof typeof TABS;
const NAMES = Object.keys(TABS) as TabName[];

export function Page(): React.ReactNode {
  const { client } = usePortal();
  const { connectionId } = useParams({ from: '/shell/connections/$connectionId' });
  const [{ tab }, changeSearch] = useSearchTexts(['tab']);
  const [isDeleting, setDeleting] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['connections', connectionId],
    queryFn: () => client.get('/v1/connections/{connectionId}', { params: { path: { connectionId } } }),
  });
  if (!data) {
    return error ? (
      <FailurePanel error={error} onAgain={() => void refetch()} />
    ) : (
      <Spinner label={texts.connection.loading} />
    );
  }
  const name = NAMES.find((one) => one === tab) ?? 'overview';
  const Content = TABS[name];
  return (
    <>
      <PageHeader title={data.displayName} lead={`${data.connectionDetails.type}: ${data.connectionDetails.path}`}>
        <AppLink to="/explain" search={{ connection: connectionId }}>
          {texts.connection.explain}
        </AppLink>
        <Button icon={<DeleteRegular />} onClick={() => setDeleting(true)}>
          {texts.connection.delete}
        </Button>
      </PageHeader>
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      <TabList
        aria-label={texts.connection.tabsLabel}
        selectedValue={name}
        onTabSelect={(_event, { value }) => changeSearch({ tab: value === 'overview' ? '' : String(value) })}
        style={{ flexWrap: 'wrap', marginBottom: '1rem' }}
      >
        {NAMES.map((one) => (
          <Tab key={one} value={one} id={`tab-${one}`}>
            {texts.connection.tabs[one]}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" aria-labelledby={`tab-${name}`}>
        <Content connection={data} />
      </div>
      {isDeleting && <DeleteConnection connection={data} onClose={() => setDeleting(false)} />}
    </>
  );
}
