import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { texts } from '../texts/texts.js';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(11rem, 1fr))',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    alignItems: 'end',
    marginBottom: tokens.spacingVerticalL,
    '& .fui-Input, & .fui-Select': { minWidth: 0, width: '100%' },
  },
});

/** Fields that narrow a list. */
export function FilterGrid({ children }: { children: ReactNode }) {
  const styles = useStyles();
  return (
    <div role="search" aria-label={texts.events.filter} className={styles.root}>
      {children}
    </div>
  );
}
