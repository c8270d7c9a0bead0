import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { useConnectionChoices } from '../connections/use-connection-choices.js';
import { ArrivalPanel } from './arrival-panel.js';
import { CommandPanel } from './command-panel.js';
import { GoalForm } from './goal-form.js';
import { TokenPanel } from './token-panel.js';
import { useJoinToken } from './use-join-token.js';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalXXL, maxWidth: '60rem', gridTemplateColumns: 'minmax(0, 1fr)' },
});

export function Page(): React.ReactNode {
  const styles = useStyles();
  const { gateways, environments, regions } = useConnectionChoices('');
  const joining = useJoinToken();
  const [failure, setFailure] = useState<unknown>();
  const failed = [gateways, environments, regions].find(({ error, data }) => error && data === undefined);
  const revoke = () => {
    joining.revoke().catch(setFailure);
  };
  return (
    <>
      <PageHeader title={texts.install.title} lead={texts.install.lead} />
      <div className={styles.root}>
        {failed && <FailurePanel error={failed.error} onAgain={() => void failed.refetch()} />}
        {gateways.data && environments.data && regions.data ? (
          <GoalForm
            gateways={gateways.data}
            environments={environments.data}
            regions={regions.data}
            isMade={joining.token !== undefined}
            onMake={async (wanted) => {
              setFailure(undefined);
              await joining.make(wanted);
            }}
          />
        ) : (
          !failed && <Spinner label={texts.install.loading} />
        )}
        {joining.token && (
          <>
            <TokenPanel
              key={joining.token.id}
              token={joining.token}
              isUsed={joining.stage > 0}
              isRevoked={joining.revoked}
              onRevoke={revoke}
            />
            {joining.stage === 0 && !joining.revoked && <CommandPanel token={joining.token} />}
            {!joining.revoked && <ArrivalPanel stage={joining.stage} gateway={joining.gateway} />}
          </>
        )}
        {(failure ?? joining.failure) !== undefined && <FailurePanel error={failure ?? joining.failure} />}
      </div>
    </>
  );
}
