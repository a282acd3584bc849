import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

// The floors of the front end: each may import only from the ones named (and from itself).
const floors = {
  routes: ['components', 'state', 'domain'],
  'lib/components': ['domain'],
  'lib/state': ['sync', 'storage', 'api', 'domain'],
  'lib/sync': ['storage', 'api', 'domain'],
  'lib/storage': ['domain'],
  'lib/api': ['domain'],
  'lib/domain': [],
  'service-worker': ['sync', 'storage', 'api', 'domain']
};
const rooms = ['components', 'state', 'sync', 'storage', 'api', 'domain'];

/** @returns {import('eslint').Linter.Config} */
function importRule(/** @type {[string, string[]]} */ [folder, below]) {
  const own = folder.replace('lib/', '');
  const forbidden = rooms.filter((room) => room !== own && !below.includes(room));
  const words = own === 'domain' ? ['#lib/paraglide', '$app', 'svelte'] : [];
  const patterns = [
    ...forbidden.map((room) => ({
      regex: `^#lib/${room}/`,
      message: `${own} may not import from ${room}.`
    })),
    ...words.map((name) => ({
      regex: `^${name.replace('$', '\\$')}(/|$)`,
      message: 'domain is pure: it imports nothing but itself.'
    })),
    { regex: '^(\\.\\./)+(components|state|sync|storage|api|domain|lib)/', message: 'Cross a floor by its #lib name.' }
  ];
  return {
    files: [`src/${folder}/**/*.{ts,svelte}`],
    rules: { 'no-restricted-imports': ['error', { patterns }] }
  };
}

export default ts.config(
  { ignores: ['build/', '.svelte-kit/', 'node_modules/', 'src/lib/paraglide/', 'src/lib/api/schema.d.ts', 'public/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.serviceworker } },
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          // A name put together at run time brings every message of the app into that screen: 470 files instead of 180.
          selector: 'MemberExpression[computed=true][object.name="m"] TemplateLiteral',
          message: 'Name each message: m.some_name(), or a table of them.'
        }
      ],
      // TypeScript already knows undefined names, browser types included.
      'no-undef': 'off',
      // Addresses are plain paths of our own: one shell page, no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off'
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } }
  },
  { files: ['*.config.{js,ts}'], languageOptions: { globals: globals.node } },
  ...Object.entries(floors).map(importRule)
);
