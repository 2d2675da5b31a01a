import middy from "@middy/core";
import { checkGuard, type GuardedPools, type GuardPorts } from "../../shared/app/guard/check-guard.ts";

export interface GuardDependencies {
  readonly ports: GuardPorts;
  readonly pools: GuardedPools;
}

/** Run by a schedule every hour; what it does depends on nothing in the event. */
export const makeHandler = ({ ports, pools }: GuardDependencies) =>
  middy<unknown, void>().handler(async () => {
    await checkGuard(ports, pools);
  });
