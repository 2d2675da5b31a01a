import { describe, expect, test } from "vitest";
import { percent } from "../../functions/console/page/figures.ts";
import { html } from "../../functions/console/page/html.ts";

describe("html", () => {
  test("escapes values in text and in attributes, and keeps markup of its own", () => {
    const inner = html`<b title="${`"'`}">${"<&>"}</b>`;
    expect(html`${inner}${[1, "<", html`<i></i>`]}`.toString()).toBe(
      '<b title="&quot;&#39;">&lt;&amp;&gt;</b>1&lt;<i></i>',
    );
  });

  test("takes nothing for markup that it did not make", () => {
    const forged = { toString: () => "<script>" } as unknown as string;
    expect(() => html`${forged}`).toThrow(TypeError);
  });
});

test.each([
  [0, 0, "0 %"],
  [1, 3, "33 %"],
  [1, 1000, "< 1 %"],
  [999, 1000, "> 99 %"],
  [7, 7, "100 %"],
])("%d of %d is shown as %s", (part, total, shown) => {
  expect(percent(part, total)).toBe(shown);
});
