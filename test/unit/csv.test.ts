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
    ["old Macintosh", "a,b\r1,2\r", both],
    ["several line ends", "a,b\r\n1,2\n3,4\r\n", [...both, ["3", "4"]]],
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
    ["quoted with spaces around", ' "a" , "b" \n', [["a", "b"]]],
    ["a quoted line end", '"a\nb",c\n', [["a\nb", "c"]]],
    ["lines of any length", "a\n1,2,3\n", [["a"], ["1", "2", "3"]]],
    ["nothing", "", []],
  ])("%s", (_what, text, fields) => {
    expect(readCsv(text)).toEqual(fields.map((each) => expect.objectContaining({ fields: each })));
  });

  test("names the line on which a record begins", () => {
    expect(readCsv('a\n\n"x\ny"\r\n"z\r\nz"\nf')).toEqual([
      { line: 1, fields: ["a"] },
      { line: 3, fields: ["x\ny"] },
      { line: 5, fields: ["z\nz"] },
      { line: 7, fields: ["f"] },
    ]);
  });

  test.each([
    ["opens in a field", 'a\nb"c\nd', 2],
    ["ends in a field", 'a\nb\n"d"e\nf', 3],
    ["is never closed", 'a\n"b,1\nc,2', 3],
  ])("with a quotation mark that %s is not guessed at", (_what, text, line) => {
    expect(readCsv(text)).toEqual({
      unusable: `up to line ${line} a quotation mark opens or ends inside a field, or is never closed`,
    });
  });

  test.each([
    ["blanks and a quotation mark", `${" ".repeat(200_000)}"\n`],
    ["blanks in a field", `a${" ".repeat(200_000)}b\n`],
    ["quotation marks", '"'.repeat(200_000)],
    ["line ends", "\r".repeat(200_000)],
    ["commas", ",".repeat(200_000)],
    ["a quoted field of 20 MB", `"${"x".repeat(20_000_000)}"\n`],
  ])("%s take seconds at most", (_what, text) => {
    const startMs = performance.now();
    readCsv(text);
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });
});
