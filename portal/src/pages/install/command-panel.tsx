import { Button, makeStyles, Subtitle1, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { usePortal } from '../../app/use-portal.js';
import { texts } from '../../texts/texts.js';
import { installCommand, PLATFORMS } from './install-commands.js';
import type { NewToken } from './use-join-token.js';

const COPIED_MS = 2_000;

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalS, gridTemplateColumns: 'minmax(0, 1fr)' },
  tabs: { flexWrap: 'wrap' },
  command: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  copy: { justifySelf: 'start' },
});

/** One command for each platform. */
export function CommandPanel({ token }: { token: NewToken }) {
  const styles = useStyles();
  const { config } = usePortal();
  const [search, changeSearch] = useSearchTexts(['platform']);
  const platform = PLATFORMS.find((one) => one === search.platform) ?? 'linux';
  const command = installCommand(platform, {
    origin: window.location.origin,
    version: config.version,
    gatewayName: token.gatewayName,
    region: token.gatewayId === undefined ? token.region : undefined,
  });
  const needsHash = platform === 'linux' || platform === 'windows';
  return (
    <section className={styles.root} aria-labelledby="install-command">
      <Subtitle1 as="h2" id="install-command">
        {texts.install.commandTitle}
      </Subtitle1>
      <Text>{texts.install.commandLead}</Text>
      <Text>{token.gatewayId === undefined ? texts.install.recoveryLead : texts.install.recoveryLeadFurther}</Text>
      <TabList
        className={styles.tabs}
        aria-label={texts.install.platform}
        selectedValue={platform}
        onTabSelect={(_event, { value }) => changeSearch({ platform: String(value) })}
      >
        {PLATFORMS.map((one) => (
          <Tab key={one} value={one}>
            {texts.install.platforms[one]}
          </Tab>
        ))}
      </TabList>
      <Text>{texts.install.needs[platform]}</Text>
      {needsHash && <Text>{texts.install.hashHint}</Text>}
      <pre className={styles.command}>{command}</pre>
      <CopyButton key={platform} text={command} className={styles.copy} />
    </section>
  );
}

function CopyButton({ text, className }: { text: string; className: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Button
      className={className}
      icon={isCopied ? <CheckmarkRegular /> : <CopyRegular />}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      <span aria-live="polite">{isCopied ? texts.parts.copied : texts.install.copyCommand}</span>
    </Button>
  );
}
