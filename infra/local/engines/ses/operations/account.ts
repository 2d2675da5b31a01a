import * as z from "zod";
import { control, type Operation } from "../operation.ts";
import { SuppressionReason } from "../state/registry.ts";
import { accountState } from "./account-state.ts";

export const accountOperations: Operation[] = [
  control({ action: "GetAccount", method: "GET", path: "/account" }, z.object({}), (context) => {
    const { sendingEnabled, autoWarmupEnabled, suppressedReasons } = accountState(context);
    const { maxSendRate, max24HourSend, productionAccess, enforcementStatus } = context.account;
    return {
      DedicatedIpAutoWarmupEnabled: autoWarmupEnabled,
      EnforcementStatus: enforcementStatus,
      ProductionAccessEnabled: productionAccess,
      SendQuota: {
        Max24HourSend: max24HourSend,
        MaxSendRate: maxSendRate,
        SentLast24Hours: context.limits.sentLast24Hours(context.nowMs()),
      },
      SendingEnabled: sendingEnabled,
      SuppressionAttributes: { SuppressedReasons: suppressedReasons },
      VdmAttributes: { VdmEnabled: "DISABLED" },
    };
  }),
  control(
    { action: "PutAccountDedicatedIpWarmupAttributes", method: "PUT", path: "/account/dedicated-ips/warmup" },
    z.object({ AutoWarmupEnabled: z.boolean().optional() }),
    (context, input) => {
      const autoWarmupEnabled = input.AutoWarmupEnabled === true;
      context.registry.account.put("account", { ...accountState(context), autoWarmupEnabled });
      return {};
    },
  ),
  control(
    { action: "PutAccountSendingAttributes", method: "PUT", path: "/account/sending" },
    z.object({ SendingEnabled: z.boolean().optional() }),
    (context, input) => {
      const sendingEnabled = input.SendingEnabled === true;
      context.registry.account.put("account", { ...accountState(context), sendingEnabled });
      return {};
    },
  ),
  control(
    { action: "PutAccountSuppressionAttributes", method: "PUT", path: "/account/suppression" },
    z.object({ SuppressedReasons: z.array(SuppressionReason).optional() }),
    (context, input) => {
      const suppressedReasons = input.SuppressedReasons ?? [];
      context.registry.account.put("account", { ...accountState(context), suppressedReasons });
      return {};
    },
  ),
];
