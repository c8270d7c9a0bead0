import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { texts } from '../../texts/texts.js';

const { audit } = texts;
type Report = AnswerOf<'post', '/v1/audit/verifications'>;

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', overflowWrap: 'anywhere' },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: tokens.spacingVerticalXS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
});

/** A report of the chain in sentences; its faults as a table. */
export function ChainResult({ report }: { report: Report }) {
  const styles = useStyles();
  const count = (value: number) => value.toLocaleString('en');
  const { isIntact, entries, firstSeq, lastSeq, checkpoints, checkpointSeq, unchained, faultCount, faults } = report;
  return (
    <>
      <MessageBar intent={isIntact ? 'success' : 'error'} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{isIntact ? audit.intact : audit.broken}</MessageBarTitle>
          {isIntact && (entries === 0 ? audit.emptyChain : audit.intactLead(count(entries)))}
          {!isIntact && audit.brokenLead(audit.faults(faultCount))}
        </MessageBarBody>
      </MessageBar>
      <ul>
        {firstSeq !== null && lastSeq !== null && <li>{audit.range(count(firstSeq), count(lastSeq))}</li>}
        <li>{audit.checkpoints(count(checkpoints))}</li>
        <li>{checkpointSeq === null ? audit.notCovered : audit.covered(count(checkpointSeq))}</li>
        {unchained > 0 && <li>{audit.unchained(count(unchained))}</li>}
      </ul>
      {faults.length > 0 && (
        <table className={styles.table}>
          <caption>{audit.faultsShown}</caption>
          <thead>
            <tr>
              {[audit.faultKind, audit.faultPlace, audit.faultText].map((title) => (
                <th key={title} scope="col" className={styles.cell}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {faults.map(({ kind, seq, text }, index) => (
              <tr key={index}>
                <td className={styles.cell}>{audit.kinds[kind] ?? kind}</td>
                <td className={styles.cell}>{seq === null ? '' : count(seq)}</td>
                <td className={styles.cell}>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
