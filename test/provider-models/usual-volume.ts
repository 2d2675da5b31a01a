import type { OwnModelMaker } from "../../shared/domain/simulation/own-model.ts";

/** The limit follows what is usual: a multiple of the mean of the last days' accepted mail, refused as a block beyond. */
const usualVolume: OwnModelMaker = ({ share, fullPerDay, random }) => {
  const least = 2 * share * (200 + 800 * random());
  const multiple = 1.5 + random();
  const memory = 0.25 + 0.25 * random();
  let [usual, accepted, over, blockedDays] = [0, 0, 0, 0];
  const limit = (): number => Math.min(3 * share * fullPerDay, Math.max(least, multiple * usual));
  const endDay = (): void => {
    blockedDays = over > 0.6 * limit() ? 1 : Math.max(0, blockedDays - 1);
    usual += memory * (accepted - usual);
    [accepted, over] = [0, 0];
  };
  return {
    send({ hour, offered }) {
      if (hour === 0) endDay();
      if (blockedDays > 0) return { accepted: 0, deferred: 0, blocked: offered };
      const taken = Math.max(0, Math.min(offered, Math.floor(limit() - accepted)));
      accepted += taken;
      over += offered - taken;
      return { accepted: taken, deferred: offered - taken, blocked: 0 };
    },
    capacityToday: () => (blockedDays > 0 ? 0 : limit()),
  };
};
export default usualVolume;
