import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const notOurs = new Set(["node_modules", "cdk.out", "coverage", "__snapshots__"]);
const productFolders = ["shared", "functions", "infra", "cli"];

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name) || entry.name.startsWith(".")) return [];
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

interface File {
  readonly path: string;
  readonly text: string;
}

const read = (path: string): File => ({ path, text: readFileSync(join(root, path), "utf8") });
const sources = new Set([".ts", ".mjs", ".js"]);
const tree = filesIn("");
const product = productFolders
  .flatMap(filesIn)
  .filter((path) => sources.has(extname(path)))
  .map(read);
const tests = filesIn("test")
  .filter((path) => sources.has(extname(path)))
  .map(read);
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");

/** `path:line text` of every line that matches. */
function matches(files: readonly File[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 100)}`] : [])),
  );
}

test("the tree is read at all", () => {
  expect(product.length).toBeGreaterThan(100);
});

test("tests run on the Node that functions run on", () => {
  expect(process.versions.node).toMatch(/^24\./);
});

test("a file has at most 250 lines", () => {
  const long = [...product, ...tests].filter(({ text }) => text.split("\n").length > 251).map(({ path }) => path);
  expect(long).toEqual([]);
});

test("a path says what it holds", () => {
  const empty = /(^|[/-])(utils?|helpers?|common|misc|stuff|lib)([./-]|$)/;
  expect(tree.filter((path) => empty.test(path))).toEqual([]);
});

test("files are named in kebab-case", () => {
  const inCode = tree.filter((path) => sources.has(extname(path)));
  expect(inCode.filter((path) => /[A-Z_\s]/.test(path))).toEqual([]);
});

test("domain and use cases have no clock and no chance of their own", () => {
  const pure = product.filter(({ path }) => /^shared\/(domain|app)\//.test(path));
  const code = pure.map(({ path, text }) => ({ path, text: withoutComments(text) }));
  expect(matches(code, /\bDate\b|Math\.random|performance\.now|\bsetTimeout\b|crypto\./)).toEqual([]);
});

test("nothing refers to a path outside the repository", () => {
  const text = tree.filter((path) => [...sources, ".json", ".md", ".yml", ".html"].includes(extname(path))).map(read);
  const outside = /(^|["'`\s(=])\/(work|home|root|Users)\//;
  expect(matches(text, outside)).toEqual([]);
});

// Only words that people do use for these things, and that mean nothing else here.
describe("one word for one thing", () => {
  test.each([
    ["suppression", /block-?list|black-?list|white-?list/i],
    ["mailbox provider", /\bisps?\b|\bESPs?\b|inbox-?provider/i],
    ["allowance", /daily-?limit|send-?limit\b|quota-?store/i],
    ["overflow", /spill-?over|\bfallback-?(pool|route)/i],
    ["deferral", /soft-?bounce/i],
    ["dead letters", /error-?queue/i],
    ["warm-up plan", /warm-?up-?schedule/i],
    ["receipt", /\back-?store\b|sent-?marker/i],
  ])("%s", (_, synonym) => {
    // The local SES engine speaks SES's own language; the rules for replies look for the words of others.
    const others = ["infra/local/engines/", "shared/domain/feedback/reply/"];
    const ours = product.filter(({ path }) => !others.some((folder) => path.startsWith(folder)));
    const code = ours.map(({ path, text }) => ({ path, text: withoutComments(text) }));
    expect(matches(code, synonym)).toEqual([]);
  });
});

test("only the local engines know that they are local: product code has no branch for it", () => {
  const shipped = product.filter(({ path }) => /^(shared|functions|infra\/aws)\//.test(path));
  const code = shipped.map(({ path, text }) => ({ path, text: withoutComments(text) }));
  expect(matches(code, /localhost|127\.0\.0\.1|\bIS_LOCAL\b|isLocal/)).toEqual([]);
});

test("every row of what the SES guide promises is shown by a test that names it", () => {
  const titles = filesIn("test").map((path) => read(path).text.match(/guide rows? [\d, ]+(?=\))/g) ?? []);
  const named = new Set(titles.flat().flatMap((title) => title.match(/\d+/g)?.map(Number) ?? []));
  expect([...named].toSorted((one, other) => one - other)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
});
