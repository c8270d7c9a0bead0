import { makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useSearchTexts } from '../../../api/use-search-texts.js';
import { ChoiceField } from '../../../parts/choice-field.js';
import { CopyText } from '../../../parts/copy-text.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { texts } from '../../../texts/texts.js';
import { DoctorPanel } from '../doctor-panel.js';
import { useMembers, type Gateway } from '../gateway-queries.js';
import { LogTailPanel } from '../log-tail-panel.js';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalXXL,
    minWidth: 0,
    maxWidth: '72rem',
  },
  choice: { maxWidth: '24rem' },
});
const { diagnosis } = texts.gateway;

/** What a member finds wrong with its machine, and its log while it is written. */
export function DiagnosisTab({ gateway: { id: gatewayId } }: { gateway: Gateway }) {
  const styles = useStyles();
  const [search, change] = useSearchTexts(['member']);
  const { data, error, refetch } = useMembers(gatewayId);
  if (!data) {
    return error ? (
      <FailurePanel error={error} onAgain={() => void refetch()} />
    ) : (
      <Spinner label={texts.shell.loading} />
    );
  }
  const member = data.find(({ id }) => id === search.member) ?? data[0];
  if (!member) return <Text>{texts.gateway.members.empty}</Text>;
  const path = { gatewayId, memberId: member.id };
  return (
    <div className={styles.root}>
      <div className={styles.choice}>
        <ChoiceField
          label={diagnosis.member}
          value={member.id}
          options={data.map(({ id, displayName }) => [id, displayName] as const)}
          onChoose={(value) => change({ member: value })}
        />
      </div>
      <DoctorPanel key={`doctor ${member.id}`} path={path} />
      <LogTailPanel key={`log ${member.id}`} path={path} />
      <section>
        <Subtitle2 as="h2">{diagnosis.bundle}</Subtitle2>
        <Text block>{diagnosis.bundleLead}</Text>
        <CopyText text="tidegate-agent support-bundle --out support.tar.gz" />
      </section>
    </div>
  );
}
