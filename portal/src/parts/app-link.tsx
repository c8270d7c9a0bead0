import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  link: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: 'none',
    overflowWrap: 'anywhere',
    unicodeBidi: 'isolate',
    ':hover': { textDecorationLine: 'underline', color: tokens.colorBrandForegroundLinkHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, borderRadius: tokens.borderRadiusSmall },
  },
  button: {
    display: 'inline-flex',
    alignItems: 'center',
    minHeight: '32px',
    padding: `0 ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorBrandBackground,
    ':hover': {
      backgroundColor: tokens.colorBrandBackgroundHover,
      color: tokens.colorNeutralForegroundOnBrand,
      textDecorationLine: 'none',
    },
  },
});

export interface AppLinkProps {
  /** Path below the portal. */
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  /** `button` for what the page is there for. */
  readonly look?: 'link' | 'button';
  readonly children: ReactNode;
}

/** A link to another page of the portal. */
export function AppLink({ to, search, look = 'link', children }: AppLinkProps) {
  const styles = useStyles();
  return (
    <Link
      to={to}
      {...(search && { search: search as never })}
      className={mergeClasses(styles.link, look === 'button' && styles.button)}
    >
      {children}
    </Link>
  );
}
