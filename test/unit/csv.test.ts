import { describe, expect, test } from "vitest";
import { readCsv } from "../../shared/app/forecast/csv.ts";

describe("CSV", () => {
  const both = [
    ["a", "b"],
    ["1", "2"],
  ];

  test.each([
    ["plain", "a,b\n1,2\n", both],
    ["no end of line", "a,b\n1,2", both],
    ["Windows", "a,b\r\n1,2\r\n", both],
    ["a mark at the start", "\uFEFFa,b\n", [["a", "b"]]],
    [
      "spaces and empty lines",
      " a , b \n\n , \n1,\n",
      [
        ["a", "b"],
        ["1", ""],
      ],
    ],
    ["quoted", '"a,1","b ""x"""\n', [["a,1", 'b "x"']]],
    ["a quoted line end", '"a\nb",c\n', [["a\nb", "c"]]],
    ["nothing", "", []],
  ])("%s", (_what, text, fields) => {
    expect(readCsv(text)).toEqual({
      records: fields.map((each) => expect.objectContaining({ fields: each })),
      faults: [],
    });
  });

  test("names lines as they are in the file, and goes on after one that cannot be read", () => {
    const { records, faults } = readCsv('a\n"x\ny"\nb"c\n"d"e\nf');
    expect(records.map(({ line, fields }) => [line, fields[0]])).toEqual([
      [1, "a"],
      [2, "x\ny"],
      [6, "f"],
    ]);
    expect(faults.map(({ line }) => line)).toEqual([4, 5]);
  });
});
