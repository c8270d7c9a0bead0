import { makeStyles, tokens } from '@fluentui/react-components';
import { CircleRegular, SquareFilled, TriangleRegular } from '@fluentui/react-icons';
import { texts } from '../../texts/texts.js';

const { environments: words } = texts;
const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalL,
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalL}`,
    padding: 0,
  },
  entry: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  brand: { color: tokens.colorBrandForeground1 },
  danger: { color: tokens.colorStatusDangerForeground1 },
});

/** What the marks of the map mean. */
export function MapLegend() {
  const styles = useStyles();
  return (
    <ul className={styles.root}>
      <li className={styles.entry}>
        <CircleRegular className={styles.brand} aria-hidden /> {words.legendEnvironments}
      </li>
      <li className={styles.entry}>
        <TriangleRegular className={styles.danger} aria-hidden /> {words.legendUnserved}
      </li>
      <li className={styles.entry}>
        <SquareFilled className={styles.brand} aria-hidden /> {words.legendGateways}
      </li>
    </ul>
  );
}
