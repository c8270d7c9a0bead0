import { makeStyles, tokens } from '@fluentui/react-components';
import { StatusLabel, type StatusTone } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import type { UpgradableMember } from './use-gateway-update.js';

const { releases } = texts;
const TONES: Readonly<Record<UpgradableMember['upgradeState'], StatusTone>> = {
  UpToDate: 'good',
  NewVersionAvailable: 'warning',
  UpgradeRequired: 'bad',
  Unknown: 'unknown',
};
const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
  table: { borderCollapse: 'collapse', width: '100%' },
  head: { backgroundColor: tokens.colorNeutralBackground3 },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'break-word',
    unicodeBidi: 'isolate',
  },
});

export function MemberVersions({ members }: { members: readonly UpgradableMember[] }) {
  const styles = useStyles();
  const { memberColumns: columns } = releases;
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={releases.members}>
        <thead className={styles.head}>
          <tr>
            {Object.values(columns).map((title) => (
              <th key={title} scope="col" className={styles.cell}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {members.map(({ memberId, name, version, upgradeState, supportEnding, orderedVersion, ...update }) => (
            <tr key={memberId}>
              <th scope="row" className={styles.cell}>
                {name}
              </th>
              <td className={styles.cell}>{version}</td>
              <td className={styles.cell}>
                <StatusLabel tone={TONES[upgradeState]} label={releases.states[upgradeState]} />
                {supportEnding && <div>{releases.supportEnding}</div>}
              </td>
              <td className={styles.cell}>
                {[orderedVersion, update.updateState, update.updateReason].filter(Boolean).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
