import type { OwnModelMaker } from "../../shared/domain/simulation/own-model.ts";
import { GrowingCapacity } from "./growing-capacity.ts";

const burstHours = 4;

/** The limit is a rate: a bucket fills by a 24th of the day's capacity an hour and holds four hours of it. */
const hourlyBucket: OwnModelMaker = (setup) => {
  const limit = new GrowingCapacity(setup);
  let [bucket, accepted, over] = [limit.capacity / 24, 0, 0];
  return {
    send({ hour, offered }) {
      if (hour === 0) {
        limit.grow(accepted, over > 0.1 * limit.capacity ? 0.5 : 1);
        [accepted, over] = [0, 0];
      }
      bucket = Math.min((burstHours * limit.capacity) / 24, bucket + limit.capacity / 24);
      const taken = Math.min(offered, Math.floor(bucket));
      bucket -= taken;
      accepted += taken;
      over += offered - taken;
      return { accepted: taken, deferred: offered - taken, blocked: 0 };
    },
    capacityToday: () => limit.capacity,
  };
};
export default hourlyBucket;
