/** A column of a table: its heading, and whether it holds figures, which are lined up at their end. */
export interface Column {
  readonly heading: string;
  readonly figures?: boolean;
}

/** Lines of a table with every column as wide as its widest cell, two spaces apart. */
export function alignedTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ heading }, index) =>
    Math.max(heading.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ figures = false }, index) => {
        const [cell = "", width = 0] = [cells[index], widths[index]];
        return figures ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  return [columns.map(({ heading }) => heading), ...rows].map(line);
}
