import { aimd, delayAware, twoPhase } from "./baselines.ts";
import { owlat } from "./owlat.ts";
import { withinDay } from "./pace.ts";
import { productPolicy } from "./product.ts";
import type { Contender } from "./run.ts";
import { plain, tables, withPause } from "./tables.ts";

const growths = [1.15, 1.3, 1.45];

/** Every policy that can be simulated, by the name it is asked for, in the order they are listed. */
export const policies: ReadonlyMap<string, Contender> = new Map<string, Contender>([
  ["product", productPolicy()],
  ["oracle", "oracle"],
  ...Object.entries(tables).flatMap(([name, table]): [string, Contender][] => [
    [name, plain(table)],
    [`${name}+pause`, withPause(table)],
  ]),
  ...growths.map((growth): [string, Contender] => [`aimd-${growth}`, aimd(growth)]),
  ...growths.flatMap((growth): [string, Contender][] => {
    const name = `delay-aware-${growth}`;
    const daily = delayAware(growth);
    return [
      [name, daily],
      [`${name}-stop`, withinDay(daily, { stop: true })],
      [`${name}-paced`, withinDay(daily, { paced: true })],
      [`${name}-paced-stop`, withinDay(daily, { paced: true, stop: true })],
    ];
  }),
  ["two-phase", twoPhase],
  ["two-phase-paced-stop", withinDay(twoPhase, { paced: true, stop: true })],
  ["owlat", owlat],
]);
