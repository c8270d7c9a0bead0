import { StatusLabel, type StatusTone } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { PlainTable } from '../connections/plain-table.js';
import type { UpgradableMember } from './use-gateway-update.js';

const { releases } = texts;
const TONES: Readonly<Record<UpgradableMember['upgradeState'], StatusTone>> = {
  UpToDate: 'good',
  NewVersionAvailable: 'warning',
  UpgradeRequired: 'bad',
  Unknown: 'unknown',
};

export function MemberVersions({ members }: { members: readonly UpgradableMember[] }) {
  return (
    <PlainTable
      caption={releases.members}
      columns={Object.values(releases.memberColumns)}
      rows={members.map(({ memberId, name, version, upgradeState, supportEnding, orderedVersion, ...update }) => ({
        key: memberId,
        cells: [
          <bdi key="name">{name}</bdi>,
          version,
          <span key="state">
            <StatusLabel tone={TONES[upgradeState]} label={releases.states[upgradeState]} />
            {supportEnding && <div>{releases.supportEnding}</div>}
          </span>,
          [orderedVersion, update.updateState, update.updateReason].filter(Boolean).join(', '),
        ],
      }))}
    />
  );
}
