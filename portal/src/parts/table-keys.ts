/** Row that a key leads to; undefined for keys that do not move. */
export function rowAfterKey(key: string, current: number, rows: number, pageRows: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + pageRows,
    PageUp: current - pageRows,
    Home: 0,
    End: rows - 1,
  };
  const target = steps[key];
  if (target === undefined || rows === 0) return undefined;
  return Math.min(rows - 1, Math.max(0, target));
}
