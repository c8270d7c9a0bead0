import { Button, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { readDiagnosis, startDiagnosis, type Finding, type MemberPath } from '../../api/member-diagnosis.js';
import { usePortal } from '../../app/use-portal.js';
import { ClockTime } from '../../parts/clock-time.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { StatusLabel, type StatusTone } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { PlainTable } from '../connections/plain-table.js';

const { diagnosis } = texts.gateway;
const TONES: Readonly<Record<Finding['verdict'], StatusTone>> = {
  ok: 'good',
  warn: 'warning',
  fail: 'bad',
  skipped: 'unknown',
};
/** What needs something done comes first. */
const ORDER: readonly Finding['verdict'][] = ['fail', 'warn', 'skipped', 'ok'];
const WAITING_MS = 1_500;
const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    alignItems: 'center',
    margin: `${tokens.spacingVerticalM} 0`,
  },
});

/** Has a member look at its machine and its network, and shows what it found. */
export function DoctorPanel({ path }: { path: MemberPath }) {
  const styles = useStyles();
  const { client } = usePortal();
  const queries = useQueryClient();
  const queryKey = ['gateways', path.gatewayId, 'diagnosis', path.memberId];
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => readDiagnosis(client, path),
    refetchInterval: ({ state }) => (state.data?.state === 'Requested' ? WAITING_MS : false),
  });
  const start = useMutation({
    mutationFn: () => startDiagnosis(client, path),
    onSuccess: (begun) => queries.setQueryData(queryKey, begun),
  });
  const failure = start.error ?? error;
  const isWaiting = start.isPending || data?.state === 'Requested';
  const findings = [...(data?.report?.findings ?? [])].sort(
    (one, other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict),
  );
  return (
    <section>
      <Subtitle2 as="h2">{diagnosis.doctor}</Subtitle2>
      <Text block>{diagnosis.doctorLead}</Text>
      {failure && <FailurePanel error={failure} onAgain={() => void refetch()} />}
      <div className={styles.row}>
        <Button appearance="primary" disabledFocusable={isWaiting} onClick={() => start.mutate()}>
          {diagnosis.run}
        </Button>
        <span role="status">
          {isWaiting && <Spinner size="tiny" label={diagnosis.running} />}
          {data?.state === 'NoAnswer' && <StatusLabel tone="warning" label={diagnosis.noAnswer} />}
        </span>
      </div>
      {data?.report && (
        <>
          <Text block>
            {diagnosis.lookedAt} <ClockTime at={data.report.finishedAt} />
          </Text>
          <PlainTable
            caption={diagnosis.findings}
            columns={Object.values(diagnosis.columns)}
            rows={findings.map(({ check, subject = '', verdict, seen, remedy = '', latencyMs }) => ({
              key: `${check} ${subject}`,
              cells: [
                <StatusLabel key="verdict" tone={TONES[verdict]} label={diagnosis.verdicts[verdict]} />,
                <span key="check">
                  {check} <bdi>{subject}</bdi>
                </span>,
                <bdi key="seen">{latencyMs === undefined ? seen : `${seen} (${Math.round(latencyMs)} ms)`}</bdi>,
                <bdi key="remedy">{remedy}</bdi>,
              ],
            }))}
          />
        </>
      )}
    </section>
  );
}
