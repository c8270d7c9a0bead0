import { Button, Spinner, Tab, TabList } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { AppLink } from '../../parts/app-link.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { DeleteGateway } from './delete-gateway.js';
import { useGateway, type Gateway } from './gateway-queries.js';
import { ActivityTab } from './tabs/activity-tab.js';
import { ConnectionsTab } from './tabs/connections-tab.js';
import { DiagnosisTab } from './tabs/diagnosis-tab.js';
import { MembersTab } from './tabs/members-tab.js';
import { PeopleTab } from './tabs/people-tab.js';
import { RecoveryTab } from './tabs/recovery-tab.js';
import { SettingsTab } from './tabs/settings-tab.js';

const TABS = {
  members: MembersTab,
  connections: ConnectionsTab,
  people: PeopleTab,
  activity: ActivityTab,
  settings: SettingsTab,
  recovery: RecoveryTab,
  diagnosis: DiagnosisTab,
} as const satisfies Record<string, (props: { gateway: Gateway }) => React.ReactNode>;
type TabName = keyof typeof TABS;
const NAMES = Object.keys(TABS) as TabName[];

export function Page(): React.ReactNode {
  const { gatewayId } = useParams({ from: '/shell/gateways/$gatewayId' });
  const [{ tab }, changeSearch] = useSearchTexts(['tab']);
  const [isDeleting, setDeleting] = useState(false);
  const { data, error, refetch } = useGateway(gatewayId);
  if (!data) {
    return error ? (
      <FailurePanel error={error} onAgain={() => void refetch()} />
    ) : (
      <Spinner label={texts.gateway.loading} />
    );
  }
  const name = NAMES.find((one) => one === tab) ?? 'members';
  const Content = TABS[name];
  return (
    <>
      <PageHeader title={data.displayName} lead={texts.gateway.lead(data.region, data.version)}>
        <AppLink to="/explain" search={{ about: 'gateway', gateway: gatewayId }}>
          {texts.gateway.explain}
        </AppLink>
        <Button icon={<DeleteRegular />} onClick={() => setDeleting(true)}>
          {texts.gateway.delete}
        </Button>
      </PageHeader>
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      <TabList
        aria-label={texts.gateway.tabsLabel}
        selectedValue={name}
        onTabSelect={(_event, { value }) => changeSearch({ tab: value === 'members' ? '' : String(value) })}
        style={{ flexWrap: 'wrap', marginBottom: '1rem' }}
      >
        {NAMES.map((one) => (
          <Tab key={one} value={one} id={`tab-${one}`}>
            {texts.gateway.tabs[one]}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" aria-labelledby={`tab-${name}`}>
        <Content key={gatewayId} gateway={data} />
      </div>
      {isDeleting && <DeleteGateway gateway={data} onClose={() => setDeleting(false)} />}
    </>
  );
}
