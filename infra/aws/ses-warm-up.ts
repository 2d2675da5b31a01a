import { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import { FeedbackPath } from "./feedback-path.ts";
import { Guard } from "./guard.ts";
import { Observability } from "./observability.ts";
import { Quality } from "./quality.ts";
import { Ramp } from "./ramp.ts";
import { Release } from "./release.ts";
import { Routes } from "./routes.ts";
import { SendPath } from "./send-path.ts";
import { SetAside } from "./set-aside.ts";

export interface SesWarmUpProps {
  /** A validated configuration: pools, streams and plans of this deployment. */
  readonly configuration: Configuration;
}

/**
 * The whole system in one account and Region.
 *
 * ```
 * apps -> [send queue] -> dispatcher -> SES routes -> mailbox providers
 *               ^             |             |
 *            release <- [held mail]      [events] -> feedback -> state <- ramp
 * ```
 */
export class SesWarmUp extends Construct {
  readonly routes: Routes;
  readonly sendPath: SendPath;
  readonly observability: Observability;

  constructor(scope: Construct, id: string, { configuration }: SesWarmUpProps) {
    super(scope, id);
    const routes = new Routes(this, "Routes", { configuration });
    const sendPath = new SendPath(this, "SendPath", { configuration, routes });
    const { state, ledger, held, send, parked, quarantine } = sendPath;

    new Release(this, "Release", { configuration, state, held, sendQueue: send.queue });
    const kept = { state, ledger, quarantine };
    const feedbackPath = new FeedbackPath(this, "FeedbackPath", { configuration, routes, ...kept });
    const consumers = { send, parked, feedback: feedbackPath.feedback, proof: feedbackPath.proof };
    const queues = { consumers, quarantine };
    new SetAside(this, "SetAside", { configuration, held, queues });
    new Ramp(this, "Ramp", { configuration, routes, state });
    new Guard(this, "Guard", { configuration, state });
    new Quality(this, "Quality", { configuration, state });

    this.observability = new Observability(this, "Observability", { configuration, state, held, queues });
    this.routes = routes;
    this.sendPath = sendPath;
  }
}
