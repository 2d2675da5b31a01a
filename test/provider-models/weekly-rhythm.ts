import type { OwnModelMaker } from "../../shared/domain/simulation/own-model.ts";
import { GrowingCapacity } from "./growing-capacity.ts";

/** Takes less at weekends, and every day a good deal more or less than the day before. */
const weeklyRhythm: OwnModelMaker = (setup) => {
  const limit = new GrowingCapacity(setup);
  const weekend = 0.6 + 0.2 * setup.random();
  let [accepted, today] = [0, 0];
  const mood = (): number => 0.8 + 0.4 * setup.random();
  const ofDay = (day: number): number => limit.capacity * (day % 7 === 6 || day % 7 === 0 ? weekend : 1);
  return {
    send({ day, hour, offered }) {
      if (hour === 0) {
        limit.grow(accepted / weekend);
        [accepted, today] = [0, ofDay(day) * mood()];
      }
      const taken = Math.max(0, Math.min(offered, Math.floor(today - accepted)));
      accepted += taken;
      return { accepted: taken, deferred: offered - taken, blocked: 0 };
    },
    capacityToday: ofDay,
  };
};
export default weeklyRhythm;
