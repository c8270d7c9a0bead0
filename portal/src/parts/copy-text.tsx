import { Button, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { texts } from '../texts/texts.js';

const SHOWN_MS = 2_000;
const useStyles = makeStyles({
  text: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

/** A text to take along: ids, commands, fingerprints. */
export function CopyText({ text, label = text }: { text: string; label?: string }) {
  const styles = useStyles();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => {
      setCopied(false);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isCopied]);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
    });
  };
  return (
    <span>
      <span className={styles.text}>{label}</span>
      <Tooltip content={isCopied ? texts.parts.copied : texts.parts.copy} relationship="label">
        <Button
          appearance="transparent"
          size="small"
          icon={isCopied ? <CheckmarkRegular /> : <CopyRegular />}
          onClick={copy}
        />
      </Tooltip>
      <span role="status" className="visually-hidden">
        {isCopied ? texts.parts.copied : ''}
      </span>
    </span>
  );
}
