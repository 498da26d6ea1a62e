import { defineConfig } from 'vitest/config';

/** Everything that a spec of stories or of crashes starts is a real process: give it time, and never two at once. */
const serial = { fileParallelism: false, maxWorkers: 1, testTimeout: 180_000, hookTimeout: 180_000 };

export default defineConfig({
  // As tsconfig.json has them; said here, too, as it leaves out the folders of test support, where spec-only controllers are.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{libs,workflows,activities,apps,infra}/**/*.spec.ts', 'tests/{boundaries,deploy}/**/*.spec.ts'],
          globalSetup: ['libs/testing/test-cluster.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'ui', include: ['ui/**/*.spec.ts'], sequence: { groupOrder: 0 } } },
      {
        extends: true,
        test: { name: 'stories', include: ['tests/{stories,crash,chaos}/**/*.spec.ts'], ...serial, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['tests/browser/**/*.spec.ts'], ...serial, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
