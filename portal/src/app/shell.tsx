import {
  Button,
  Drawer,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  mergeClasses,
  Text,
  tokens,
  Tooltip,
} from '@fluentui/react-components';
import {
  DismissRegular,
  NavigationRegular,
  SignOutRegular,
  WeatherMoonRegular,
  WeatherSunnyRegular,
} from '@fluentui/react-icons';
import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { SignInAgain } from '../auth/sign-in-again.js';
import { useLiveUpdates } from '../api/use-live-updates.js';
import { texts } from '../texts/texts.js';
import { useColourScheme } from './colour-scheme.js';
import { LiveMark } from './live-mark.js';
import { Menu } from './menu.js';
import { useAccount, usePortal } from './use-portal.js';

const WIDE = '@media (min-width: 60rem)';
const useStyles = makeStyles({
  skip: {
    position: 'absolute',
    left: '-100rem',
    ':focus': { left: tokens.spacingHorizontalM, top: tokens.spacingVerticalM, zIndex: 10 },
  },
  bar: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  grow: { flexGrow: 1 },
  name: { maxWidth: '16rem', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  narrowOnly: { [WIDE]: { display: 'none' } },
  wideOnly: { display: 'none', [WIDE]: { display: 'block' } },
  body: { display: 'flex', alignItems: 'flex-start' },
  side: {
    width: '18rem',
    boxSizing: 'border-box',
    flexShrink: 0,
    position: 'sticky',
    top: '3.2rem',
    padding: tokens.spacingVerticalM,
    maxHeight: 'calc(100vh - 3.2rem)',
    overflowY: 'auto',
  },
  main: {
    flexGrow: 1,
    minWidth: 0,
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalL}`,
    maxWidth: '100rem',
  },
});

/** What stands around every page. */
export function Shell() {
  const styles = useStyles();
  const { signIn } = usePortal();
  const account = useAccount();
  const { scheme, toggle } = useColourScheme();
  const [isOpen, setOpen] = useState(false);
  const live = useLiveUpdates();
  const schemeLabel = scheme === 'dark' ? texts.shell.light : texts.shell.dark;
  return (
    <>
      <a href="#content" className={styles.skip}>
        {texts.shell.skip}
      </a>
      <header className={styles.bar}>
        <Button
          className={styles.narrowOnly}
          appearance="subtle"
          icon={<NavigationRegular />}
          aria-label={texts.shell.open}
          onClick={() => setOpen(true)}
        />
        <Text weight="semibold" size={400}>
          {texts.product}
        </Text>
        <LiveMark state={live} />
        <span className={styles.grow} />
        <Text className={mergeClasses(styles.name, styles.wideOnly)} title={account?.username}>
          {account?.name}
        </Text>
        <Tooltip content={schemeLabel} relationship="label">
          <Button
            appearance="subtle"
            icon={scheme === 'dark' ? <WeatherSunnyRegular /> : <WeatherMoonRegular />}
            onClick={toggle}
          />
        </Tooltip>
        <Tooltip content={texts.auth.signOut} relationship="label">
          <Button appearance="subtle" icon={<SignOutRegular />} onClick={() => void signIn.leave()} />
        </Tooltip>
      </header>
      <SignInAgain />
      <div className={styles.body}>
        <aside className={mergeClasses(styles.side, styles.wideOnly)}>
          <Menu />
        </aside>
        <Drawer open={isOpen} onOpenChange={(_event, { open }) => setOpen(open)} position="start" type="overlay">
          <DrawerHeader>
            <DrawerHeaderTitle
              action={
                <Button
                  appearance="subtle"
                  aria-label={texts.shell.close}
                  icon={<DismissRegular />}
                  onClick={() => setOpen(false)}
                />
              }
            >
              {texts.product}
            </DrawerHeaderTitle>
          </DrawerHeader>
          <DrawerBody>
            <Menu onChosen={() => setOpen(false)} />
          </DrawerBody>
        </Drawer>
        <main id="content" tabIndex={-1} className={styles.main}>
          <Outlet />
        </main>
      </div>
    </>
  );
}
