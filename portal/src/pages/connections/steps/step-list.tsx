import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkRegular } from '@fluentui/react-icons';
import { texts } from '../../../texts/texts.js';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalL,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  step: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    padding: `${tokens.spacingVerticalXS} 0`,
    border: 'none',
    borderBottom: '2px solid transparent',
    font: 'inherit',
    color: tokens.colorNeutralForeground2,
    backgroundColor: 'transparent',
  },
  done: { color: tokens.colorBrandForegroundLink, cursor: 'pointer', ':hover': { textDecorationLine: 'underline' } },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
  },
});

/** Where in the course of things one is. What is done can be gone back to. */
export function StepList({ current, onGo }: { current: number; onGo: ((step: number) => void) | undefined }) {
  const styles = useStyles();
  return (
    <nav aria-label={texts.newConnection.stepsLabel}>
      <ol className={styles.list}>
        {texts.newConnection.steps.map((name, index) => (
          <li key={name}>
            {index < current && onGo ? (
              <button type="button" className={mergeClasses(styles.step, styles.done)} onClick={() => onGo(index)}>
                <CheckmarkRegular aria-hidden /> {name}
              </button>
            ) : (
              <span
                className={mergeClasses(styles.step, index === current && styles.current)}
                {...(index === current && { 'aria-current': 'step' as const })}
              >
                {index + 1}. {name}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
