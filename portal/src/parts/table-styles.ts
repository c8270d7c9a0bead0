import { makeStyles, tokens } from '@fluentui/react-components';

const focus = { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } as const;

export const useTableStyles = makeStyles({
  scroller: {
    maxHeight: 'max(18rem, calc(100dvh - 18rem))',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  narrowScroller: { maxHeight: '75dvh' },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    backgroundColor: tokens.colorNeutralBackground3,
    fontWeight: tokens.fontWeightSemibold,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  line: {
    display: 'grid',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    boxSizing: 'border-box',
    width: '100%',
    minHeight: '44px',
  },
  body: { position: 'relative' },
  row: {
    position: 'absolute',
    top: 0,
    left: 0,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus': { outline: 'none' },
    ':focus-visible': focus,
    '&[aria-selected="true"]': { backgroundColor: tokens.colorSubtleBackgroundSelected },
  },
  opens: { cursor: 'pointer' },
  card: { gridTemplateColumns: '1fr', padding: tokens.spacingVerticalM, rowGap: '2px' },
  /** The box stands before the name, as it does in a row. */
  choosable: {
    gridTemplateColumns: '2.5rem minmax(0, 1fr)',
    columnGap: 0,
    '& > :nth-child(n + 3)': { gridColumn: '1 / -1' },
  },
  cell: { minWidth: 0, overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
  number: { textAlign: 'end', fontVariantNumeric: 'tabular-nums', justifyContent: 'flex-end' },
  cardCell: { display: 'grid', gridTemplateColumns: '8rem 1fr', columnGap: tokens.spacingHorizontalS },
  cardTitle: { fontWeight: tokens.fontWeightSemibold },
  cardTerm: { color: tokens.colorNeutralForeground2 },
  sort: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minHeight: '32px',
    padding: 0,
    border: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'start',
    backgroundColor: 'transparent',
    cursor: 'pointer',
    ':focus-visible': focus,
  },
  sortBox: { marginBottom: tokens.spacingVerticalS, maxWidth: '20rem' },
});
