import { Button, makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { CopyText } from '../../parts/copy-text.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import type { NewToken } from './use-join-token.js';

const SECOND_MS = 1_000;

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start', outlineStyle: 'none' },
  token: {
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    overflowWrap: 'anywhere',
  },
  state: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
});

export interface TokenPanelProps {
  readonly token: NewToken;
  readonly isUsed: boolean;
  readonly isRevoked: boolean;
  readonly onRevoke: () => void;
}

/** The join token, once, with the time that is left. */
export function TokenPanel({ token, isUsed, isRevoked, onRevoke }: TokenPanelProps) {
  const styles = useStyles();
  const section = useRef<HTMLElement>(null);
  const [now, setNow] = useState(() => Date.now());
  const leftMs = Math.max(0, Date.parse(token.expiresAt) - now);
  const isOver = isUsed || isRevoked || leftMs === 0;
  useEffect(() => section.current?.focus(), []);
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [isOver]);
  return (
    <section ref={section} tabIndex={-1} className={styles.root} aria-labelledby="join-token">
      <Subtitle1 as="h2" id="join-token">
        {texts.install.tokenTitle}
      </Subtitle1>
      {!isOver && (
        <>
          <Text>{texts.install.tokenLead}</Text>
          <div className={styles.token}>
            <CopyText text={token.token} />
          </div>
        </>
      )}
      <div className={styles.state}>
        {isUsed && <StatusLabel tone="good" label={texts.install.used} />}
        {!isUsed && isRevoked && <StatusLabel tone="paused" label={texts.install.revoked} />}
        {!isUsed && !isRevoked && leftMs === 0 && <StatusLabel tone="bad" label={texts.install.expired} />}
        {!isOver && (
          <>
            <span role="timer">{texts.install.expiresIn(clockOf(leftMs))}</span>
            <Button size="small" onClick={onRevoke}>
              {texts.install.revoke}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

function clockOf(ms: number): string {
  const seconds = Math.ceil(ms / SECOND_MS);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
