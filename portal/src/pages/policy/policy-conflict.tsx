import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { texts } from '../../texts/texts.js';
import type { PolicyDraft, PolicyField, TenantPolicy } from './policy-change.js';
import { settingText } from './setting-text.js';

const { policy: words } = texts;
const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', marginTop: tokens.spacingVerticalS, marginBottom: tokens.spacingVerticalS },
  cell: {
    textAlign: 'start',
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXXS} 0`,
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

export interface PolicyConflictProps {
  readonly theirs: TenantPolicy;
  readonly draft: PolicyDraft;
  readonly onTakeTheirs: () => void;
  readonly onKeepMine: () => void;
}

/** Somebody saved while this was being changed: both versions of what was changed here, and the choice. */
export function PolicyConflict({ theirs, draft, onTakeTheirs, onKeepMine }: PolicyConflictProps) {
  const styles = useStyles();
  const { columns } = words;
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{texts.parts.conflict}</MessageBarTitle> {texts.parts.conflictLead}
        <table className={styles.table}>
          <thead>
            <tr>
              {[columns.setting, columns.yours, columns.theirs].map((title) => (
                <th key={title} scope="col" className={styles.cell}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(Object.keys(draft) as PolicyField[]).map((field) => (
              <tr key={field}>
                <th scope="row" className={styles.cell}>
                  {words.fields[field]}
                </th>
                <td className={styles.cell}>{settingText(field, draft)}</td>
                <td className={styles.cell}>{settingText(field, theirs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className={styles.actions}>
          <Button onClick={onTakeTheirs}>{texts.parts.takeTheirs}</Button>
          <Button onClick={onKeepMine}>{words.keepMine}</Button>
        </div>
      </MessageBarBody>
    </MessageBar>
  );
}
