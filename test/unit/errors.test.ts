import { expect, test } from "vitest";
import { errorName, errorText } from "../../shared/domain/errors.ts";

const named = (name: string, message = "") => Object.assign(new Error(message), { name });
const broken = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });

test.each<[unknown, string]>([
  [new TypeError("x"), "TypeError"],
  [named("AccessDeniedException", "ann@gmail.com"), "AccessDeniedException"],
  [broken, "ECONNREFUSED"],
  [new AggregateError([named("A"), new AggregateError([named("B"), named("A")])]), "A B"],
  ["text of a body", "string"],
  [undefined, "undefined"],
])("%j is called %s in a log", (error, name) => {
  expect(errorName(error)).toBe(name);
});

test("several errors are told with the words of each, once", () => {
  const failures = new AggregateError([named("A", "no"), new AggregateError([named("B", "never"), named("A", "no")])]);
  expect(errorText(failures)).toBe("A: no; B: never");
});
