import {
  Button,
  Checkbox,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { MemberPath } from '../../api/member-diagnosis.js';
import { useAccount } from '../../app/use-portal.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import { readableLine } from './readable-line.js';
import { useLogTail } from './use-log-tail.js';

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    alignItems: 'center',
    margin: `${tokens.spacingVerticalS} 0`,
  },
  log: {
    maxHeight: '24rem',
    overflow: 'auto',
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    unicodeBidi: 'plaintext',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});
const { log } = texts.gateway.diagnosis;

/** A member's log while it is written; asked for knowingly, for a few minutes. */
export function LogTailPanel({ path }: { path: MemberPath }) {
  const styles = useStyles();
  const [isAgreed, setAgreed] = useState(false);
  const { tail, lines, isRunning, start, stop, failure, secondsLeft } = useLogTail(path);
  const account = useAccount();
  const isForbidden = tail?.state === 'refused' || (tail?.state === 'ended' && tail.reason === 'policy');
  return (
    <section>
      <Subtitle2 as="h2">{log.title}</Subtitle2>
      <Text block>{log.lead}</Text>
      <Checkbox
        label={log.consent}
        checked={isAgreed}
        disabled={isRunning}
        onChange={(_event, { checked }) => setAgreed(checked === true)}
      />
      <div className={styles.row}>
        {isRunning ? (
          <Button disabledFocusable={stop.isPending} onClick={() => stop.mutate()}>
            {log.stop}
          </Button>
        ) : (
          <Button disabledFocusable={!isAgreed || start.isPending} onClick={() => start.mutate()}>
            {log.start}
          </Button>
        )}
        <span role="status">
          {(start.isPending || tail?.state === 'requested') && <Spinner size="tiny" label={log.waiting} />}
          {tail?.state === 'open' && log.open}
          {tail?.state === 'ended' && !isForbidden && (log.reasons[tail.reason ?? ''] ?? log.ended)}
        </span>
        {isRunning && <Text>{log.left(secondsLeft)}</Text>}
      </div>
      {isForbidden && (
        <MessageBar layout="multiline" intent="warning">
          <MessageBarBody>
            <MessageBarTitle>{log.refused}</MessageBarTitle>
            {log.refusedLead(account?.id ?? '')}
          </MessageBarBody>
        </MessageBar>
      )}
      {failure !== undefined && failure !== null && <FailurePanel error={failure} />}
      {lines.length > 0 && (
        <div className={styles.log} role="log" aria-live="off" aria-label={log.title} tabIndex={0}>
          {lines.map(readableLine).join('\n')}
        </div>
      )}
    </section>
  );
}
