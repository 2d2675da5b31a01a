import { describe, expect, test } from "vitest";
import type { FindingCode } from "../../shared/domain/guard/finding.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { today } from "./builders.ts";
import { GuardedSystem } from "./guarded.ts";

/** What somebody changes by hand, and what the guard makes of it. */
export interface ChangeToFind {
  readonly what: string;
  readonly code: FindingCode;
  /** Pools that are held. */
  readonly held: readonly string[];
  /** What the sentence says: the value seen, the value expected, the command. */
  readonly says: readonly string[];
  readonly change: (system: GuardedSystem) => void;
  /** Changes that put it right. */
  readonly repairs: readonly string[];
}

/** Tests that each is found by one check, found no second time, and put right by one command. */
export function testFindings(changes: readonly ChangeToFind[]): void {
  describe.each(changes)("$what", ({ code, held, says, change, repairs }) => {
    test("is found by one check and named in words; the growth of its pools is held", async () => {
      const system = new GuardedSystem();
      change(system);
      await system.check();
      for (const pool of ["news", "shop"]) {
        const hold = (await system.holds(pool)).find((each) => each.code === code);
        expect(hold !== undefined, pool).toBe(held.includes(pool));
        if (hold === undefined) continue;
        for (const words of says) expect(hold.sentence).toContain(words);
        expect(hold.sentence).toMatch(new RegExp(`Repair: .*ses-warmup repair ${code}`));
        expect(hold.since).toBe(today);
      }
    });

    test("checked again it changes nothing", async () => {
      const system = new GuardedSystem();
      change(system);
      await system.check();
      const before = await system.holds(held[0]!);
      const { writes } = system.lifeCycles;
      system.clock.advance(dayMs);
      await system.check();
      expect(await system.holds(held[0]!)).toEqual(before);
      expect(system.lifeCycles.writes).toBe(writes);
      expect(system.audit.entries.filter(({ action }) => action === "guard-hold")).toHaveLength(held.length);
    });

    test("one command puts it right and lifts the hold", async () => {
      const system = new GuardedSystem();
      change(system);
      await system.check();
      const { kind } = await system.repair(code, held.length > 1 ? undefined : held[0]!);
      expect(kind).toBe("repaired");
      expect(system.settings.changes).toEqual(repairs);
      expect(await system.check()).toEqual([]);
      expect(await system.codes(held[0]!)).toEqual([]);
      expect(await system.repair(code)).toMatchObject({ kind: "nothing-found" });
    });
  });
}
