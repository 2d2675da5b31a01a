import { type Allowance, allowanceKeyText } from "../../domain/sending/allowance.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { AllowanceLedger } from "../../ports/allowance-ledger.ts";
import type { RampRecord, RecordedDecision } from "../../ports/ramp-record.ts";

export interface DecidedAllowancePorts {
  readonly record: RampRecord;
  readonly allowances: AllowanceLedger;
}

/** An allowance that was opened, with the decision that opened it. */
export interface DecidedAllowance {
  readonly decision: RecordedDecision;
  readonly allowance: Allowance;
}

/** Every allowance of a pool from one day to another, both included, in order of day. A decision not yet in force has none. */
export async function decidedAllowances(
  { record, allowances }: DecidedAllowancePorts,
  pool: string,
  from: UtcDay,
  to: UtcDay,
): Promise<readonly DecidedAllowance[]> {
  const decisions = await record.decisions(pool, from, to);
  const readings = await allowances.read(decisions);
  const byKey = new Map(readings.map(({ key, allowance }) => [allowanceKeyText(key), allowance]));
  return decisions.flatMap((decision) => {
    const allowance = byKey.get(allowanceKeyText(decision));
    return allowance === undefined ? [] : [{ decision, allowance }];
  });
}
