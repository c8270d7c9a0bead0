import { makeStyles, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { texts } from '../texts/texts.js';
import { NAVIGATION } from './navigation.js';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    borderRadius: tokens.borderRadiusMedium,
    borderLeft: '3px solid transparent',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    '&[aria-current="page"]': {
      fontWeight: tokens.fontWeightSemibold,
      borderLeftColor: tokens.colorBrandForeground1,
      backgroundColor: tokens.colorSubtleBackgroundSelected,
    },
  },
  icon: { fontSize: '1.25rem' },
});

export function Menu({ onChosen }: { onChosen?: () => void }) {
  const styles = useStyles();
  return (
    <nav aria-label={texts.shell.navigation}>
      <ul className={styles.list}>
        {NAVIGATION.map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link to={to} className={styles.link} activeOptions={{ exact: to === '/' }} onClick={onChosen}>
              <Icon className={styles.icon} aria-hidden />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
