export type RecoveryGoal = 'restore' | 'join' | 'takeover' | 'reprotect' | 'drill' | 'change' | 'split' | 'verify';

export interface RecoveryCommand {
  readonly goal: RecoveryGoal;
  readonly command: string;
}

/**
 * What to run on a machine for each thing that recovery is for. The recovery key is asked for by the agent, so that it
 * stands in no shell's history.
 *
 * @param place.controlPlane address without a path: no character of it means anything to a shell
 */
export function recoveryCommands(place: { gatewayId: string; controlPlane: string }): readonly RecoveryCommand[] {
  const at = `--control-plane ${place.controlPlane} --gateway ${place.gatewayId}`;
  return [
    { goal: 'restore', command: `tidegate-agent restore ${at} --replaces MEMBER` },
    { goal: 'join', command: `tidegate-agent join ${at}` },
    { goal: 'takeover', command: `tidegate-agent takeover ${at}` },
    { goal: 'drill', command: 'tidegate-agent drill' },
    { goal: 'change', command: 'tidegate-agent change-recovery-key' },
    { goal: 'reprotect', command: 'tidegate-agent reprotect' },
    { goal: 'split', command: 'tidegate-agent recovery-shares split --threshold 3 --shares 5 --out shares' },
    {
      goal: 'verify',
      command:
        'tidegate-agent recovery-shares verify --recovery-share-file FIRST --recovery-share-file SECOND --recovery-share-file THIRD',
    },
  ];
}
