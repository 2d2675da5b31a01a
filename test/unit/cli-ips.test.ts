import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { anOperator, newsIp } from "../support/operator.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();

describe("ips", () => {
  test("is a table for a person", async () => {
    const { news, run } = await anOperator(tables());
    await run("start", "--pool", news);
    const { code, out, err } = await run("ips");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n")[0]).toMatch(/^IP +pool +SES pool +state +% +since +day$/);
    expect(out).toContain(`${newsIp}  `);
    expect(out).toContain("not listed by SES");
  });

  test("ends with 1 and what to check when SES does not answer", async () => {
    const { file, run } = await anOperator(tables());
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    const deployment = JSON.parse(readFileSync(file, "utf8"));
    deployment.environment.AWS_ENDPOINT_URL_SESV2 = "http://127.0.0.1:1";
    writeFileSync(file, JSON.stringify(deployment));
    const { code, out, err } = await run("ips", "--json");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^ips failed: .*ECONNREFUSED.*\. Check the Region/);
  });
});
