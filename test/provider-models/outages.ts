import type { OwnModelMaker } from "../../shared/domain/simulation/own-model.ts";
import { GrowingCapacity } from "./growing-capacity.ts";

/** Beside its limit it has bad hours that have nothing to do with us: everything is deferred for one to four of them. */
const outages: OwnModelMaker = (setup) => {
  const limit = new GrowingCapacity(setup);
  let [accepted, badUntil] = [0, -1];
  return {
    send({ day, hour, offered }) {
      const now = day * 24 + hour;
      if (hour === 0) {
        limit.grow(accepted);
        accepted = 0;
      }
      if (setup.random() < 0.001) badUntil = now + 1 + Math.floor(4 * setup.random());
      const room = now < badUntil ? 0 : limit.capacity - accepted;
      const taken = Math.max(0, Math.min(offered, Math.floor(room)));
      accepted += taken;
      return { accepted: taken, deferred: offered - taken, blocked: 0 };
    },
    capacityToday: () => limit.capacity,
  };
};
export default outages;
