import type { OwnModelMaker } from "../../shared/domain/simulation/own-model.ts";

/** Trust is earned by days, not by volume: nothing grows for one to two weeks, then the limit rises fast. */
const trustLater: OwnModelMaker = ({ share, fullPerDay, random }) => {
  const first = 2 * share * (300 + 1_200 * random());
  const trustedAfter = 5 + Math.floor(9 * random());
  const growth = 1.25 + 0.35 * random();
  let [trust, accepted, over] = [0, 0, 0];
  const limit = (): number => Math.min(3 * share * fullPerDay, first * growth ** Math.max(0, trust - trustedAfter));
  return {
    send({ hour, offered }) {
      if (hour === 0) {
        if (over > 0.3 * limit()) trust = Math.max(0, trust - 2);
        else if (accepted > 0.2 * limit()) trust += 1;
        [accepted, over] = [0, 0];
      }
      const taken = Math.max(0, Math.min(offered, Math.floor(limit() - accepted)));
      accepted += taken;
      over += offered - taken;
      return { accepted: taken, deferred: offered - taken, blocked: 0 };
    },
    capacityToday: limit,
  };
};
export default trustLater;
