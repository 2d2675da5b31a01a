import { expect, test } from "vitest";
import { parseConfiguration, poolsOf } from "../../shared/contracts/parse-configuration.ts";
import { adaptiveSettings, settingsWith } from "../../shared/domain/warm-up/adaptive-settings.ts";

const written = (changes: Record<string, unknown>) => ({
  identities: ["example.com"],
  pools: { news: { ips: ["192.0.2.1"], plan: { startPerIp: 100, growthPerDay: 2, adaptive: true, ...changes } } },
  streams: { letter: { pool: "news" } },
});

test("a plan's own constants take the place of the shipped ones, the others stay", () => {
  const plan = poolsOf(parseConfiguration(written({ adaptiveSettings: { margin: 0.6 } }))).get("news")?.plan;
  expect(settingsWith(plan?.adaptiveSettings)).toEqual({ ...adaptiveSettings, margin: 0.6 });
});

test.each([
  ["an unknown one", { margn: 0.6 }],
  ["a margin above all of the capacity", { margin: 1.2 }],
  ["more than twice a day", { growthBeforeRefusal: 3 }],
])("%s is an error that names it", (_, changes) => {
  expect(() => parseConfiguration(written({ adaptiveSettings: changes }))).toThrow(Object.keys(changes)[0]);
});
