import { makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    textAlign: 'center',
  },
  lead: { maxWidth: '34rem', textAlign: 'center', color: tokens.colorNeutralForeground2 },
});

/** What stands where nothing is yet: says what would be here, and how it comes to be. */
export function EmptyState({ title, lead, children }: { title: string; lead: string; children?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Subtitle1 as="h2">{title}</Subtitle1>
      <Text className={styles.lead}>{lead}</Text>
      {children}
    </div>
  );
}
