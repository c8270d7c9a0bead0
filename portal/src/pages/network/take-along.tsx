import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular, CopyRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { ChoiceField } from '../../parts/choice-field.js';
import { saveText } from '../../parts/save-file.js';
import { texts } from '../../texts/texts.js';
import { EXTENSIONS, FORMATS, writeAllowList, type AllowListFormat } from './allow-list.js';
import type { NetworkNeeds } from './network-needs.js';

const { network } = texts;
/** More nobody reads on a page. */
const SHOWN_LINES = 200;
const OPTIONS = FORMATS.map((one) => [one, network.formats[one]] as const);

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalM, minWidth: 0 },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'end' },
  text: {
    margin: 0,
    padding: tokens.spacingVerticalM,
    maxHeight: '24rem',
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    backgroundColor: tokens.colorNeutralBackground3,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

export interface TakeAlongProps {
  readonly needs: NetworkNeeds;
  readonly region: string;
  readonly format: AllowListFormat;
  readonly onFormat: (format: string) => void;
}

/** The allow-list as text to copy or download. */
export function TakeAlong({ needs, region, format, onFormat }: TakeAlongProps) {
  const styles = useStyles();
  const [told, setTold] = useState('');
  const text = writeAllowList(needs, format);
  const all = text.split('\n');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold(network.copied);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      setTold(network.notCopied);
    }
  };
  return (
    <div className={styles.root}>
      <div className={styles.row}>
        <ChoiceField label={network.format} value={format} options={OPTIONS} onChoose={onFormat} />
        <Button icon={<CopyRegular />} onClick={() => void copy()}>
          {network.copy}
        </Button>
        <Button
          icon={<ArrowDownloadRegular />}
          onClick={() => saveText(`tidegate-${region}.${EXTENSIONS[format]}`, text, 'text/plain')}
        >
          {network.download}
        </Button>
        <span role="status">{told}</span>
      </div>
      <pre className={styles.text} tabIndex={0} role="region" aria-label={network.formats[format]}>
        {all.slice(0, SHOWN_LINES).join('\n')}
      </pre>
      {all.length > SHOWN_LINES && <Text size={200}>{network.preview(all.length.toLocaleString('en'))}</Text>}
    </div>
  );
}
