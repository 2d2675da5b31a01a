import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { verbs } from "../../cli/verbs.ts";
import { logCode } from "../../shared/domain/log-codes.ts";
import { system } from "./sample-system.ts";

const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8").replaceAll(/\s+/g, " ");
const found = (pattern: RegExp, text = runbook) => [...new Set([...text.matchAll(pattern)].map(([match]) => match))];

/** What the runbook's shell functions look for. */
const types: Readonly<Record<string, string>> = {
  queue: "SQS::Queue",
  table: "DynamoDB::GlobalTable",
  logged: "Logs::LogGroup",
  failed: "Logs::LogGroup",
};

const resources = [
  ...found(/\b(queue|table|logged|failed) "?WarmUp\w+/g),
  ...found(/\bresource "?WarmUp\w+"? \w+::\w+/g),
].map((command) => {
  const [how = "", start = "", type = types[how]] = command.replaceAll('"', "").split(" ");
  return { command, start, type: `AWS::${type}` };
});

describe("a command of the runbook", () => {
  test.each(resources)("$command finds one resource of the stack", ({ start, type }) => {
    expect(system.all(type).filter(({ id }) => id.startsWith(start))).toHaveLength(1);
  });

  test.each(found(/\blogged \w+ [A-Z_]+/g))("%s asks for a code that is logged", (command) => {
    expect(Object.keys(logCode)).toContain(command.split(" ")[2]);
  });
});

/** What a reader may type: lines of the blocks, and what stands between backticks. */
function typedIn(file: string): string[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const [prose = [], blocks = []] = [0, 1].map((odd) => text.split("```").filter((_, part) => part % 2 === odd));
  const lines = blocks.flatMap((block) => block.replaceAll("\\\n", " ").split("\n"));
  const spans = prose.flatMap((part) =>
    part
      .replaceAll(/\s+/g, " ")
      .split("`")
      .filter((_, piece) => piece % 2 === 1),
  );
  const commands = [...lines, ...spans].flatMap((typed) => found(/(?:cli --|\baside) [a-z][^#|)]*/g, typed));
  return [...new Set(commands.map((command) => command.trim()))];
}

describe.each(["docs/runbook.md", "docs/faq.md", "docs/warm-up-guide.md", "README.md"])("in %s", (file) => {
  test.each(typedIn(file))("%s is a verb with the options it has", (command) => {
    const [verb = ""] = command.replace(/^(cli --|aside) /, "").split(" ");
    const options = found(/--[a-z]+/g, command.replace("cli --", ""));
    expect([...verbs.keys(), "help"]).toContain(verb);
    const unknown = options.filter((option) => !verbs.get(verb)?.options.includes(option));
    expect(unknown).toEqual([]);
  });
});
