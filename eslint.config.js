import tseslint from 'typescript-eslint';

/** What the type checker cannot say: the house's refusals, as rules. */
export default tseslint.config(
  {
    ignores: [
      'dist/**',
      '.test/**',
      '.test-dist/**',
      '.stack/**',
      'src/generated/**',
      'src/client/schema.ts',
      'eslint.config.js',
      '.dependency-cruiser.cjs',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', caughtErrors: 'all', caughtErrorsIgnorePattern: '^never$' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'named exports only: a name is found, a default is renamed' },
        { selector: 'ExportAllDeclaration', message: 'no barrels: import from the file that owns the name' },
        { selector: 'CatchClause[param=null]', message: 'use the error, or say in code why it does not matter' },
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: "configuration is read in src/config and the agent's settings.ts only",
        },
      ],
      'no-console': 'error',
    },
  },
  {
    files: [
      'src/config/**',
      'src/gateway-agent/settings.ts',
      'src/cli/settings.ts',
      'src/dev-stack/**',
      'src/main.dev.ts',
      'test/**',
      'bench/**',
      'scripts/**',
      '*.ts',
      '*.mjs',
    ],
    rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
  // React's own way: handlers may be async functions, and Vite's configuration is a default export.
  {
    files: ['portal/src/**'],
    rules: { '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }] },
  },
  { files: ['portal/vite.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // Plain scripts are outside the TypeScript project.
  { files: ['**/*.mjs', '**/*.d.mts'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['src/gateway-agent/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**', '**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
