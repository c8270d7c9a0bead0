/** A body of type `text/csv`, as it came. */
export class CsvText {
  constructor(readonly text: string) {}
}
