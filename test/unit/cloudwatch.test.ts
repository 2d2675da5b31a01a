// CloudWatch as the tests of alarms evaluate it: by its documentation, for the forms the stack uses.
import { describe, expect, test } from "vitest";
import { type Datapoint, EvaluatedAlarm } from "../support/cloudwatch/alarm.ts";
import { filterPattern, metricValue } from "../support/cloudwatch/filter-pattern.ts";
import { metricMath } from "../support/cloudwatch/metric-math.ts";

describe("a filter pattern", () => {
  const line = { level: "WARN", message: { code: "QUARANTINED", reason: "too-old", count: 3, text: "a (b)" } };

  test.each([
    ['{ $.message.code = "QUARANTINED" }', true],
    ['{ $.message.code = "QUARANT*" }', true],
    ['{ $.message.code = "UARANTINE" }', false],
    ['{ $.message.text = "a (b)" }', true],
    ['{ $.message.code != "OTHER" }', true],
    ['{ $.message.missing != "OTHER" }', false],
    ['{ $.message.missing = "*" }', false],
    ["{ $.message.count > 2 }", true],
    ["{ $.message.count >= 4 }", false],
    ["{ $.message.code > 0 }", false],
    ['{ $.message.count = "3" }', false],
    ['{ ($.message.code = "QUARANTINED") && ($.message.reason != "dead-address") }', true],
    ['{ $.message.code = "OTHER" || ($.message.count > 2 && $.level = "WARN") }', true],
    ['{ $.message.code = "OTHER" || $.message.count > 2 && $.level = "INFO" }', false],
  ])("%s: %s", (pattern, matches) => {
    expect(filterPattern(pattern)(line)).toBe(matches);
  });

  test.each([['"ERROR"'], ["{ $.a IS NULL }"], ["{ $.a = %x% }"], ['{ ($.a = "b" }'], ['{ $.a > "b" }']])(
    "that is not evaluated here is an error: %s",
    (pattern) => {
      expect(() => filterPattern(pattern)).toThrow();
    },
  );

  test("gives a number, or that of the field it names", () => {
    expect(metricValue("1", line)).toBe(1);
    expect(metricValue("$.message.count", line)).toBe(3);
    expect(metricValue("$.message.code", line)).toBeUndefined();
  });
});

describe("metric math", () => {
  test.each([
    ["100 * part / all", { part: 1, all: 200 }, 0.5],
    ["1 + 2 * (3 - 1)", {}, 5],
    ["IF(part < 3, 0, 100 * part / all)", { part: 2, all: 4 }, 0],
    ["IF(part < 3, 0, 100 * part / all)", { part: 3, all: 4 }, 75],
    ["IF(part < 1, 0, 100 * part / all)", { part: undefined, all: 4 }, undefined],
    ["IF(part < 1, 0, 100 * part / all)", { part: 1, all: undefined }, undefined],
    ["part / all", { part: 1, all: 0 }, undefined],
  ])("%s of %j is %s", (expression, values, result) => {
    expect(metricMath(expression)(values)).toBe(result);
  });

  test.each(["FILL(m1, 0)", "m1 +", "SUM(METRICS())", "(m1"])("that is not evaluated here is an error: %s", (text) => {
    expect(() => metricMath(text)).toThrow();
  });
});

describe("an alarm", () => {
  const minuteMs = 60_000;
  const base = {
    AlarmDescription: "",
    AlarmActions: ["topic"],
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    EvaluationPeriods: 1,
    Threshold: 3,
    Namespace: "N",
    MetricName: "M",
    Statistic: "Sum",
    Period: 300,
  };
  const alarm = (changes: Record<string, unknown>) => new EvaluatedAlarm("a", { ...base, ...changes }, String);
  const at = (...points: [minute: number, value: number][]): Datapoint[] =>
    points.map(([minute, value]) => ({ metric: "N M", atMs: minute * minuteMs, value }));
  const changes = (of: EvaluatedAlarm, points: Datapoint[]) =>
    of.changes(points, 0, 60 * minuteMs).map(({ atMs, state }) => `${atMs / minuteMs} ${state}`);

  test("looks at whole periods by their statistic", () => {
    expect(changes(alarm({ TreatMissingData: "notBreaching" }), at([1, 1], [2, 2]))).toEqual([
      "0 OK",
      "5 ALARM",
      "20 OK",
    ]);
    expect(changes(alarm({ TreatMissingData: "notBreaching", Statistic: "Maximum" }), at([1, 1], [2, 2]))).toEqual([
      "0 OK",
    ]);
  });

  test("takes the latest value there is, some periods back", () => {
    expect(changes(alarm({ TreatMissingData: "notBreaching" }), at([1, 3], [6, 0]))).toEqual([
      "0 OK",
      "5 ALARM",
      "10 OK",
    ]);
  });

  test.each([
    ["missing", ["5 OK", "20 INSUFFICIENT_DATA"]],
    ["breaching", ["0 ALARM", "5 OK", "20 ALARM"]],
    ["notBreaching", ["0 OK"]],
  ])("without any value goes by how it treats missing data: %s", (treatment, expected) => {
    expect(changes(alarm({ TreatMissingData: treatment }), at([1, 0]))).toEqual(expected);
  });

  test("may look at what an expression makes of several metrics", () => {
    const stat = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: { Metric: { Namespace: "N", MetricName }, Period: 300, Stat: "Sum" },
      ReturnData: false,
    });
    const { Namespace: _n, MetricName: _m, Statistic: _s, Period: _p, ...rest } = base;
    const Metrics = [
      { Id: "e", Expression: "100 * part / all", ReturnData: true },
      stat("part", "M"),
      stat("all", "A"),
    ];
    const of = new EvaluatedAlarm("a", { ...rest, Metrics, TreatMissingData: "notBreaching" }, String);
    const all = { metric: "N A", atMs: minuteMs, value: 50 };
    expect(changes(of, [...at([1, 2]), all])).toEqual(["0 OK", "5 ALARM", "20 OK"]);
    expect(changes(of, [...at([1, 1]), all])).toEqual(["0 OK"]);
  });

  test("of a form that is not evaluated here is an error", () => {
    expect(() => alarm({ EvaluationPeriods: 3, TreatMissingData: "missing" })).toThrow();
    expect(() => alarm({ TreatMissingData: "ignore" })).toThrow();
  });

  test("tells of a state that has an action", () => {
    expect(alarm({ TreatMissingData: "missing" }).tells("INSUFFICIENT_DATA")).toBe(false);
    expect(alarm({ TreatMissingData: "missing", InsufficientDataActions: ["topic"] }).tells("INSUFFICIENT_DATA")).toBe(
      true,
    );
    expect(alarm({ TreatMissingData: "missing" }).tells("OK")).toBe(false);
  });
});
