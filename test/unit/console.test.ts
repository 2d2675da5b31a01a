import type { Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { makeHandler } from "../../functions/console/handler.ts";
import { aDeployment, settings } from "../support/status.ts";

describe("the handler", () => {
  const { ports, held } = aDeployment();
  held.set("news", 3).set("shared", 3);
  const handler = makeHandler({ settings, ports });
  const call = (event: unknown) => handler(event, {} as Context);

  test("describes itself in markdown", async () => {
    expect(await call({ describe: true })).toMatch(/^## Warm-up/);
  });

  test("answers with the status as data when asked for it", async () => {
    expect(await call({ view: "status" })).toMatchObject({ day: "2026-11-02", held: 6, pools: [{ pool: "news" }] });
  });

  test("answers a dashboard with the page in the dashboard's theme", async () => {
    const widgetContext = { dashboardName: "warm-up", theme: "dark", params: {} };
    expect(await call({ widgetContext })).toMatch(/^<div class="sw-page sw-dark">/);
    expect(await call({ widgetContext: { theme: "sepia" } })).toMatch(/^<div class="sw-page">/);
  });
});
