import { makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { useIsNarrow } from './use-is-narrow.js';
import { texts } from '../texts/texts.js';

/** Of a row as first laid out, in pixels; each is measured as soon as it is shown. */
const ROW_HEIGHT = 44;
/** How many rows before the end the next page is asked for. */
const AHEAD = 20;
const NARROW = '@media (max-width: 37.5rem)';

const useStyles = makeStyles({
  scroller: {
    maxHeight: 'calc(100vh - 16rem)',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    [NARROW]: { maxHeight: '70vh' },
  },
  table: { minWidth: '52rem', [NARROW]: { minWidth: 0 } },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    backgroundColor: tokens.colorNeutralBackground3,
    fontWeight: tokens.fontWeightSemibold,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    [NARROW]: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  },
  row: {
    display: 'grid',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    boxSizing: 'border-box',
    width: '100%',
  },
  headLine: { minHeight: `${ROW_HEIGHT}px` },
  body: { position: 'relative' },
  line: {
    position: 'absolute',
    top: 0,
    left: 0,
    minHeight: `${ROW_HEIGHT}px`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    // `!important`: the columns are set on the element, since they differ by table.
    [NARROW]: { gridTemplateColumns: '1fr !important', padding: tokens.spacingVerticalM, rowGap: '2px' },
  },
  cell: {
    minWidth: 0,
    overflowWrap: 'anywhere',
    unicodeBidi: 'isolate',
    [NARROW]: {
      display: 'grid',
      gridTemplateColumns: '7rem 1fr',
      '::before': { content: 'attr(data-title)', color: tokens.colorNeutralForeground2 },
    },
  },
  end: { padding: tokens.spacingVerticalM },
});

export interface EventColumn<Row> {
  readonly title: string;
  /** A track of a CSS grid. */
  readonly track: string;
  readonly show: (row: Row) => ReactNode;
}

export interface EventTableProps<Row> {
  readonly label: string;
  readonly columns: readonly EventColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Called when the end comes near and there is more. */
  readonly onMore?: (() => void) | undefined;
  readonly isLoadingMore?: boolean;
}

/** Things that happened, one a row; only those in sight are on the page. Rows are cards where it is narrow. */
export function EventTable<Row>({ label, columns, rows, keyOf, onMore, isLoadingMore = false }: EventTableProps<Row>) {
  const styles = useStyles();
  const scroller = useRef<HTMLDivElement>(null);
  // The places of all rows are worked out anew whenever this is another function.
  const getItemKey = useCallback(
    (index: number) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    [rows, keyOf],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey,
    overscan: 10,
  });
  const isCard = useIsNarrow();
  const { measure: forgetHeights } = virtual;
  useEffect(() => forgetHeights(), [isCard, forgetHeights]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - AHEAD && !isLoadingMore) onMore?.();
  }, [last, rows.length, isLoadingMore, onMore]);
  const tracks = columns.map(({ track }) => track).join(' ');
  return (
    <div ref={scroller} className={styles.scroller} role="region" aria-label={label} tabIndex={0}>
      <div role="table" aria-label={label} aria-rowcount={onMore ? -1 : rows.length + 1} className={styles.table}>
        <div role="rowgroup" className={styles.head}>
          <div
            role="row"
            aria-rowindex={1}
            className={mergeClasses(styles.row, styles.headLine)}
            style={{ gridTemplateColumns: tracks }}
          >
            {columns.map(({ title }) => (
              <div key={title} role="columnheader">
                {title}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                role="row"
                aria-rowindex={index + 2}
                className={mergeClasses(styles.row, styles.line)}
                style={{ gridTemplateColumns: tracks, transform: `translateY(${start}px)` }}
              >
                {columns.map(({ title, show }) => (
                  <div key={title} role="cell" data-title={title} className={styles.cell}>
                    <span>{show(row)}</span>
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {isLoadingMore && <Spinner size="tiny" label={texts.events.loadingMore} className={styles.end} />}
    </div>
  );
}
