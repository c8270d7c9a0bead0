import { makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
import { useEffect, type ReactNode } from 'react';
import { texts } from '../texts/texts.js';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    alignItems: 'end',
    justifyContent: 'space-between',
    marginBottom: tokens.spacingVerticalL,
  },
  title: { overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
  lead: { display: 'block', color: tokens.colorNeutralForeground2, maxWidth: '50rem' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

/** Title of a page, what it is for, and what can be done on it. */
export function PageHeader({ title, lead, children }: { title: string; lead?: string; children?: ReactNode }) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} · ${texts.product}`;
  }, [title]);
  return (
    <header className={styles.root}>
      <div>
        <Title2 as="h1" className={styles.title}>
          {title}
        </Title2>
        {lead !== undefined && <Text className={styles.lead}>{lead}</Text>}
      </div>
      <div className={styles.actions}>{children}</div>
    </header>
  );
}
