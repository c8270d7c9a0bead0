import { Spinner } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { AppLink } from '../../parts/app-link.js';
import { EmptyState } from '../../parts/empty-state.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { emptyDraft } from './connection-draft.js';
import { ConnectionWizard } from './connection-wizard.js';
import { useConnectionChoices } from './use-connection-choices.js';

export function Page(): React.ReactNode {
  const [{ gatewayId, type }] = useSearchTexts(['gatewayId', 'type']);
  const [draft, setDraft] = useState(() => emptyDraft(gatewayId, type));
  const navigate = useNavigate();
  const { gateways, environments, regions, types } = useConnectionChoices(draft.gatewayId);
  const failed = [gateways, environments, regions].find(({ error, data }) => error && data === undefined);
  return (
    <>
      <PageHeader title={texts.newConnection.title} lead={texts.newConnection.lead} />
      {failed && <FailurePanel error={failed.error} onAgain={() => void failed.refetch()} />}
      {gateways.data?.length === 0 && (
        <EmptyState title={texts.newConnection.noGateways} lead={texts.newConnection.noGatewaysLead}>
          <AppLink to="/install" look="button">
            {texts.newConnection.install}
          </AppLink>
        </EmptyState>
      )}
      {gateways.data && gateways.data.length > 0 && environments.data && regions.data ? (
        <ConnectionWizard
          draft={draft}
          onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
          gateways={gateways.data}
          environments={environments.data}
          regions={regions.data}
          types={types}
          onCreated={(id) => void navigate({ to: '/connections/$connectionId', params: { connectionId: id } })}
        />
      ) : (
        !failed && gateways.data?.length !== 0 && <Spinner label={texts.newConnection.loading} />
      )}
    </>
  );
}
