import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { StatusLabel, type StatusTone } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import type { Explanation } from './answer.js';

const { explain: words } = texts;
type Rule = Explanation['rules'][number];
const TONES: Readonly<Record<Rule['verdict'], StatusTone>> = { passed: 'good', refused: 'bad', unknown: 'unknown' };

const useStyles = makeStyles({
  item: {
    display: 'grid',
    gridTemplateColumns: '12rem 9rem 1fr',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 600px)': { gridTemplateColumns: '1fr', rowGap: tokens.spacingVerticalXS },
  },
  deciding: { borderLeft: `3px solid ${tokens.colorStatusDangerForeground1}` },
  why: { minWidth: 0, overflowWrap: 'anywhere' },
  line: { margin: `${tokens.spacingVerticalXS} 0 0` },
  term: { color: tokens.colorNeutralForeground2 },
});

/** What one rule says, and who can change it. */
export function RuleItem({ rule: { rule, verdict, code, reason, remedy, changeableBy }, isDeciding }: RuleItemProps) {
  const styles = useStyles();
  return (
    <li className={mergeClasses(styles.item, isDeciding && styles.deciding)}>
      <Text weight="semibold">{words.rules[rule]}</Text>
      <span>
        <StatusLabel tone={TONES[verdict]} label={words.verdicts[verdict]} />
      </span>
      <div className={styles.why}>
        <bdi>{reason}</bdi>
        {remedy !== undefined && (
          <p className={styles.line}>
            <span className={styles.term}>{words.remedy}: </span>
            {remedy}
          </p>
        )}
        {code !== undefined && (
          <p className={styles.line}>
            <span className={styles.term}>{words.code}: </span>
            {code}
          </p>
        )}
        {verdict !== 'passed' && changeableBy.length > 0 && (
          <p className={styles.line}>
            <span className={styles.term}>{words.columns.ask}: </span>
            {changeableBy.map(({ role, people }, index) => (
              <span key={role}>
                {index > 0 && '; '}
                {role}
                {people.length > 0 && ' – '}
                {people.map(({ id, displayName, upn }, place) => (
                  <span key={id} title={upn}>
                    {place > 0 && ', '}
                    <bdi>{displayName}</bdi>
                  </span>
                ))}
              </span>
            ))}
          </p>
        )}
      </div>
    </li>
  );
}

export interface RuleItemProps {
  readonly rule: Rule;
  /** Whether it is the first that refuses. */
  readonly isDeciding: boolean;
}
