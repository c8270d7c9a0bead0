import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePortal } from '../../app/use-portal.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  reason: { flexBasis: '100%' },
});

/** Has the gateway try the connection and says how it went. */
export function TestNow({ connectionId }: { connectionId: string }) {
  const styles = useStyles();
  const { client } = usePortal();
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: async () => ({
      ...(await client.post('/v1/connections/{connectionId}/testConnection', { params: { path: { connectionId } } })),
      at: new Date(),
    }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['connections', 'summaries'] }),
  });
  const { data, error, isPending } = test;
  return (
    <div className={styles.root}>
      <Button appearance="primary" onClick={() => test.mutate()} disabledFocusable={isPending}>
        {texts.connection.test}
      </Button>
      <span role="status">
        {isPending && <Spinner size="tiny" label={texts.connection.testing} />}
        {!isPending && data && (
          <>
            <StatusLabel
              tone={data.status === 'Online' ? 'good' : 'bad'}
              label={data.status === 'Online' ? texts.connection.works : texts.connection.worksNot}
            />{' '}
            <Text size={200}>{texts.connection.testedAt(data.at.toLocaleTimeString('en'))}</Text>
          </>
        )}
      </span>
      {!isPending &&
        data?.errors.map(({ errorCode, message }) => (
          <Text key={errorCode} className={styles.reason}>
            {message} ({errorCode})
          </Text>
        ))}
      {!isPending && error && (
        <div className={styles.reason}>
          <FailurePanel error={error} />
        </div>
      )}
    </div>
  );
}
