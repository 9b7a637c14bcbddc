/** A table to be written as a spreadsheet. */
export interface Sheet {
  /** Title of the sheet in a workbook. */
  name: string;
  head: readonly string[];
  rows: readonly SheetRow[];
}

export interface SheetRow {
  /** One a column. */
  cells: readonly string[];
  /** Columns whose value was refused; they are marked. */
  bad?: readonly number[];
  /** Comment at the marked cells: why. */
  note?: string;
}
