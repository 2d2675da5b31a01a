import { defineConfig } from "vitest/config";

const project = (name: string, testTimeout = 10_000) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: 60_000 },
});

export default defineConfig({
  test: {
    projects: [
      project("unit"),
      project("property", 30_000),
      project("contract", 60_000),
      project("infra", 120_000),
      { test: { ...project("e2e", 300_000).test, maxWorkers: 1 } },
      {
        test: {
          ...project("nightly", 1_800_000).test,
          include: ["test/nightly/**/*.test.ts", "test/property/feedback.test.ts"],
          env: { NIGHT: "1" },
          maxWorkers: 1,
        },
      },
    ],
  },
});
