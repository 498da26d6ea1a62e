import angular from 'angular-eslint';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

const SERVER = ['{apps,workflows,activities,libs,tests}/**/*.ts', '*.config.ts'];
const LAUNCHERS = ['infra/**/*.{mjs,ts}', '*.config.mjs', '.dependency-cruiser.cjs'];
const SPECS = ['**/*.spec.ts', 'tests/**/*.ts', '**/testing/**/*.ts', '**/scripted-*.ts', '**/*.arbitrary.ts', '**/*-suite.ts', 'workflows/histories/**/*.ts'];
/** Where people read the output: the terminal is theirs. */
const TALKS_TO_TERMINAL = ['infra/**', 'apps/hilo/**', 'tests/bench/**', 'workflows/histories/record.ts'];
/** libsignal prints private keys through `console`: these replace its functions, and check that. */
const SILENCES_CONSOLE = ['**/quiet.ts', '**/quiet.spec.ts'];
/** Noise where JSON of a test's own is read. */
const UNSAFE_ANY = ['assignment', 'argument', 'call', 'member-access', 'return'].map((kind) => [`@typescript-eslint/no-unsafe-${kind}`, 'off']);

/** A file or a function that grows past these is asked why (house rule 10); every line counts, comments too. */
const sizes = {
  'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['warn', { max: 40 }],
};

const PROCESS_ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only libs/config/env.ts reads the environment: take the value as an argument.',
};
const ONLY = {
  selector: "MemberExpression[property.name='only'][object.name=/^(it|test|describe|suite)$/]",
  message: 'A spec that runs alone hides all others.',
};

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', '.data/', 'coverage/', 'ui/.angular/', 'ui/public/generated/', 'ui/shared/api/generated/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    name: 'server',
    files: SERVER,
    extends: [...ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizes,
      'no-console': 'error',
      'no-restricted-syntax': ['error', PROCESS_ENV],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allow: [{ from: 'lib', name: ['URL', 'URLSearchParams'] }] }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'warn',
      // Ports are objects of functions that never use `this`, and a port may be asynchronous where one of its makers is not.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    name: 'workflows are deterministic',
    files: ['workflows/**/workflow.ts', 'workflows/activities.ts', 'workflows/**/contract.ts'],
    ignores: SPECS,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\.|@temporalio/(workflow|common)$)',
              message: 'A workflow imports @temporalio/workflow, domain, contracts and its activities: all else is not in its sandbox.',
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
  { name: 'the one reader of the environment', files: ['libs/config/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    name: 'launchers',
    files: LAUNCHERS,
    extends: [ts.configs.recommended],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', fetch: 'readonly', setTimeout: 'readonly' } },
    rules: { ...sizes, '@typescript-eslint/no-require-imports': 'off', '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_' }] },
  },
  { name: 'may touch the console', files: [...TALKS_TO_TERMINAL, ...SILENCES_CONSOLE], rules: { 'no-console': 'off' } },
  {
    name: 'specs',
    files: SPECS,
    rules: {
      'no-restricted-syntax': ['error', ONLY],
      'max-lines-per-function': 'off',
      ...Object.fromEntries(UNSAFE_ANY),
    },
  },
  {
    name: 'screens',
    files: ['ui/**/*.ts'],
    extends: [...ts.configs.recommended, ...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      ...sizes,
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    name: 'templates',
    files: ['ui/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
);
