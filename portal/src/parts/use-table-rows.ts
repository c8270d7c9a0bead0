import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Heights as first laid out, in pixels; each row is measured as soon as it is shown. */
const ROW_HEIGHT = 45;
const CARD_HEIGHT = 220;
/** Each row more costs time with every press of a key. */
const OVERSCAN = 4;

export interface TableRowsOptions<Row> {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly isCard: boolean;
}

/** Which rows are on the page, and which of them the keyboard is on. */
export function useTableRows<Row>({ rows, keyOf, scroller, isCard }: TableRowsOptions<Row>) {
  const [activeIndex, setActive] = useState(0);
  const active = Math.min(activeIndex, Math.max(0, rows.length - 1));
  const toFocus = useRef<number>(undefined);
  const margin = isCard ? 0 : ROW_HEIGHT;
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      // The row with the focus stays on the page when it is scrolled out of sight: the focus would be lost with it.
      return shown.includes(active) || range.count === 0 ? shown : [...shown, active].sort((one, other) => one - other);
    },
    [active],
  );
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
    estimateSize: () => (isCard ? CARD_HEIGHT : ROW_HEIGHT),
    getItemKey,
    overscan: OVERSCAN,
    rangeExtractor,
    // The header stands above the rows and stays in sight.
    scrollMargin: margin,
    scrollPaddingStart: margin,
  });
  const { measure: forgetHeights } = virtual;
  // Rows that became cards, or cards rows, are as high as before only by chance.
  useEffect(() => forgetHeights(), [isCard, forgetHeights]);
  // A row that was far away is on the page only after one more rendering.
  useEffect(() => {
    if (toFocus.current === undefined) return;
    const element = scroller.current?.querySelector<HTMLElement>(`[data-index="${toFocus.current}"]`);
    if (!element) return;
    toFocus.current = undefined;
    element.focus({ preventScroll: true });
  });
  return {
    active,
    height: virtual.getTotalSize(),
    shown: virtual.getVirtualItems().map(({ index, key, start }) => ({ index, key: String(key), top: start - margin })),
    measure: virtual.measureElement,
    markRow: setActive,
    focusRow: (index: number) => {
      toFocus.current = index;
      setActive(index);
      virtual.scrollToIndex(index);
    },
    pageRows: () =>
      Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / (isCard ? CARD_HEIGHT : ROW_HEIGHT)) - 1),
  };
}
