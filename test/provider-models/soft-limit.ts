import type { OwnModelMaker } from "../../shared/domain/simulation/own-model.ts";
import { GrowingCapacity } from "./growing-capacity.ts";

/** No hard limit: from eight tenths of the capacity on ever more is deferred, all of it from a fifth above. */
const softLimit: OwnModelMaker = (setup) => {
  const limit = new GrowingCapacity(setup);
  let [accepted, offeredToday, over] = [0, 0, 0];
  return {
    send({ hour, offered }) {
      if (hour === 0) {
        limit.grow(accepted, Math.max(0, 1 - (3 * over) / Math.max(1, offeredToday)));
        if (over > 0.3 * limit.capacity) limit.cut(0.9);
        [accepted, offeredToday, over] = [0, 0, 0];
      }
      const level = (offeredToday + offered / 2) / limit.capacity;
      const refused = Math.min(1, Math.max(0, (level - 0.8) / 0.4));
      const deferred = Math.min(offered, Math.floor(offered * refused + setup.random()));
      offeredToday += offered;
      accepted += offered - deferred;
      over += deferred;
      return { accepted: offered - deferred, deferred, blocked: 0 };
    },
    capacityToday: () => 0.9 * limit.capacity,
  };
};
export default softLimit;
