import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { ApiError } from '../../../src/client/api-error.js';
import { texts } from '../texts/texts.js';
import { CopyText } from './copy-text.js';

const useStyles = makeStyles({
  details: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    columnGap: tokens.spacingHorizontalM,
    margin: `${tokens.spacingVerticalS} 0 0`,
    overflowWrap: 'anywhere',
  },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0 },
});

/** A failure as the catalogue tells it: what happened, what to do, and the id under which logs know it. */
export function FailurePanel({ error, onAgain }: { error: unknown; onAgain?: () => void }) {
  const styles = useStyles();
  const { title, message, rows } = describe(error);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {message}
        {rows.length > 0 && (
          <dl className={styles.details}>
            {rows.map(([term, value, isCopied]) => (
              <Row key={term} term={term} value={value} isCopied={isCopied} />
            ))}
          </dl>
        )}
      </MessageBarBody>
      {onAgain && (
        <MessageBarActions>
          <Button onClick={onAgain}>{texts.parts.again}</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );

  function Row({ term, value, isCopied }: { term: string; value: string; isCopied: boolean }) {
    return (
      <>
        <dt className={styles.term}>{term}</dt>
        <dd className={styles.value}>{isCopied ? <CopyText text={value} /> : value}</dd>
      </>
    );
  }
}

interface Described {
  readonly title: string;
  readonly message: string;
  readonly rows: readonly (readonly [term: string, value: string, isCopied: boolean])[];
}

function describe(error: unknown): Described {
  if (error instanceof ApiError) {
    const rows: [string, string, boolean][] = [];
    if (error.remedy !== '') rows.push([texts.parts.whatToDo, error.remedy, false]);
    rows.push([texts.parts.code, error.code, false]);
    if (error.traceId !== '') rows.push([texts.parts.trace, error.traceId, true]);
    return { title: texts.parts.failed, message: error.message, rows };
  }
  if (error instanceof TypeError) {
    return { title: texts.parts.unreachable, message: texts.parts.unreachableRemedy, rows: [] };
  }
  return { title: texts.parts.failed, message: error instanceof Error ? error.message : '', rows: [] };
}
