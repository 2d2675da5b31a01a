import fc from "fast-check";
import { expect, test } from "vitest";
import { rampStep } from "../../shared/domain/warm-up/ramp.ts";

const aPlan = fc
  .record({
    startPerIp: fc.integer({ min: 1, max: 500 }),
    growthPerDay: fc.double({ min: 1, max: 2, noNaN: true }),
    above: fc.nat(50_000),
  })
  .map(({ startPerIp, growthPerDay, above }) => ({ startPerIp, growthPerDay, targetPerIp: startPerIp + above }));
const someIps = fc.integer({ min: 1, max: 20 });
const aDay = fc.record({
  allowance: fc.integer({ min: 1, max: 200_000 }),
  used: fc.nat(200_000),
  deferred: fc.nat(5_000),
  blocked: fc.nat(5_000),
});

test("an allowance is a whole number of recipients, at least 1 and at most the target", () => {
  fc.assert(
    fc.property(aPlan, someIps, fc.option(aDay, { nil: undefined }), (plan, ips, last) => {
      const { allowance } = rampStep(plan, ips, last);
      expect(Number.isInteger(allowance) && allowance >= 1 && allowance <= plan.targetPerIp * ips).toBe(true);
    }),
  );
});

test("one step grows by no more than the plan says, or by one recipient", () => {
  fc.assert(
    fc.property(aPlan, someIps, aDay, (plan, ips, last) => {
      const most = Math.max(last.allowance + 1, last.allowance * plan.growthPerDay);
      expect(rampStep(plan, ips, last).allowance).toBeLessThanOrEqual(most);
    }),
  );
});

test("more refusals never give a larger allowance", () => {
  fc.assert(
    fc.property(aPlan, someIps, aDay, fc.nat(1_000), (plan, ips, last, more) => {
      const refusedMore = { ...last, deferred: last.deferred + more };
      expect(rampStep(plan, ips, refusedMore).allowance).toBeLessThanOrEqual(rampStep(plan, ips, last).allowance);
    }),
  );
});

test("days fully used and not refused reach the target and stay there", () => {
  fc.assert(
    fc.property(aPlan, someIps, (plan, ips) => {
      fc.pre(plan.growthPerDay > 1.05);
      let { allowance } = rampStep(plan, ips, undefined);
      for (let day = 0; day < 400; day += 1) {
        allowance = rampStep(plan, ips, { allowance, used: allowance, deferred: 0, blocked: 0 }).allowance;
      }
      expect(allowance).toBe(plan.targetPerIp * ips);
    }),
    { numRuns: 50 },
  );
});
