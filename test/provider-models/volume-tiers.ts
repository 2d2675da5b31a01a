import type { OwnModelMaker } from "../../shared/domain/simulation/own-model.ts";

const step = 1.7;

/** Limits are tiers: two well-used days without much overshoot open the next, much overshoot closes the present one. */
const volumeTiers: OwnModelMaker = ({ share, fullPerDay, random }) => {
  const first = 2 * share * (150 + 850 * random());
  const most = 3 * share * fullPerDay;
  const daysNeeded = random() < 0.5 ? 1 : 2;
  let [tier, good, accepted, over] = [0, 0, 0, 0];
  const limit = (): number => Math.min(most, first * step ** tier);
  const endDay = (): void => {
    if (over > 0.3 * limit()) [tier, good] = [Math.max(0, tier - 1), 0];
    else if (accepted >= 0.6 * limit()) good += 1;
    if (good >= daysNeeded && limit() < most) [tier, good] = [tier + 1, 0];
    [accepted, over] = [0, 0];
  };
  return {
    send({ hour, offered }) {
      if (hour === 0) endDay();
      const taken = Math.max(0, Math.min(offered, Math.floor(limit() - accepted)));
      accepted += taken;
      over += offered - taken;
      return { accepted: taken, deferred: offered - taken, blocked: 0 };
    },
    capacityToday: limit,
  };
};
export default volumeTiers;
