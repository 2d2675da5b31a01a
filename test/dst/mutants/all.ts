import { allowanceMutants } from "./allowances.ts";
import { claimMutants } from "./claims.ts";
import { feedbackMutants } from "./feedback.ts";
import type { Mutant } from "./mutant.ts";
import { poolMutants } from "./pools.ts";
import { queueMutants } from "./queues.ts";
import { receiptMutants } from "./receipts.ts";
import { stopMutants } from "./stops.ts";
import { timeMutants } from "./times.ts";
import { wayOutMutants } from "./ways-out.ts";

/** Every bug the simulation is known to catch. */
export const mutants: readonly Mutant[] = [
  ...claimMutants,
  ...receiptMutants,
  ...allowanceMutants,
  ...queueMutants,
  ...poolMutants,
  ...timeMutants,
  ...stopMutants,
  ...wayOutMutants,
  ...feedbackMutants,
];
