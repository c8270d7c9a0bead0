import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { ConnectionTab } from './connection-tab.js';
import { PersonTab } from './person-tab.js';
import { ReportTab } from './report-tab.js';

const { licences: words } = texts;
const useStyles = makeStyles({ tabs: { marginBottom: tokens.spacingVerticalM, flexWrap: 'wrap' } });

export function Page(): React.ReactNode {
  const styles = useStyles();
  const [{ tab }, change] = useSearchTexts(['tab']);
  const shown = tab === 'connection' || tab === 'person' ? tab : 'report';
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <TabList
        className={styles.tabs}
        selectedValue={shown}
        onTabSelect={(_event, { value }) => change({ tab: value === 'report' ? '' : String(value) })}
      >
        {(['report', 'connection', 'person'] as const).map((one) => (
          <Tab key={one} value={one}>
            {words.tabs[one]}
          </Tab>
        ))}
      </TabList>
      {shown === 'report' && <ReportTab />}
      {shown === 'connection' && <ConnectionTab />}
      {shown === 'person' && <PersonTab />}
    </>
  );
}
