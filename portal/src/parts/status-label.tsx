import { makeStyles, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  CircleHintRegular,
  DismissCircleFilled,
  PauseCircleFilled,
  WarningFilled,
} from '@fluentui/react-icons';

export type StatusTone = 'good' | 'warning' | 'bad' | 'paused' | 'unknown';

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    verticalAlign: 'middle',
    gap: tokens.spacingHorizontalXS,
    '@media (min-width: 600px)': { whiteSpace: 'nowrap' },
    '& > svg': { flexShrink: 0 },
  },
  good: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground3 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  paused: { color: tokens.colorNeutralForeground3 },
  unknown: { color: tokens.colorNeutralForeground3 },
});
const ICONS = {
  good: CheckmarkCircleFilled,
  warning: WarningFilled,
  bad: DismissCircleFilled,
  paused: PauseCircleFilled,
  unknown: CircleHintRegular,
} as const;

/** A state as a shape and a word; the colour only repeats it. */
export function StatusLabel({ tone, label }: { tone: StatusTone; label: string }) {
  const styles = useStyles();
  const Icon = ICONS[tone];
  return (
    <span className={styles.root}>
      <Icon className={styles[tone]} aria-hidden />
      {label}
    </span>
  );
}
