import { fileURLToPath } from 'node:url';
import adapter from '@sveltejs/adapter-static';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

// The root layout and Today: what a new visitor and a person who opens the app see first.
const FIRST_SCREEN = ['routes/+layout.svelte', 'routes/+page.svelte'];
// Reachable by Svelte's own index, but used by other screens only; each message is a module, and each screen has its own.
const ELSEWHERE = /\/src\/lib\/paraglide\/messages\/|\/svelte\/src\/internal\/client\/dom\/elements\/bindings\//;
// What Kit's entry imports for itself: it sets the payload before any other module is there to read it, so these two must
// not share a chunk with one that does.
const BEFORE_ALL = /\/kit\/src\/runtime\/client\/payload\.js$|vite\/preload-helper/;
const firstScreen = new Set<string>();

/** Walk from the first screen's files along their static imports. */
function walk(id: string, modules: Modules): void {
  if (firstScreen.has(id) || ELSEWHERE.test(id)) return;
  firstScreen.add(id);
  for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) walk(imported, modules);
}

/** One chunk instead of fifty for the first screen: small ones cost a fifth more, each compressed for itself. */
function chunkOf(id: string, modules: Modules): string | null {
  if (firstScreen.size === 0) {
    for (const file of FIRST_SCREEN) walk(fileURLToPath(new URL(`./src/${file}`, import.meta.url)), modules);
  }
  return firstScreen.has(id) ? 'first' : null;
}

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['baseLocale'],
      emitTsDeclarations: true,
      isServer: 'import.meta.env.SSR'
    }),
    sveltekit({
      // Django answers every screen address with this one page (config/shell.py).
      adapter: adapter({ pages: 'build', assets: 'build', fallback: 'shell.html', precompress: true }),
      files: { assets: 'public' },
      paths: { relative: false },
      // The page's own hash goes into a <meta> policy; Django adds the rest as headers.
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The one style attribute that Kit itself writes: its route announcer, hidden but for screen readers.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:', 'blob:'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self']
        }
      },
      // The person decides when to update (state/updates), so the worker is registered by hand.
      serviceWorker: { register: false }
    })
  ],
  build: { target: 'es2022' },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: { codeSplitting: { groups: [{ name: 'before', test: BEFORE_ALL, priority: 1 }, { name: chunkOf }] } }
        }
      }
    }
  },
  server: {
    // The questions about signs that need a doctor are the server's own file.
    fs: { allow: ['../tracker/redflags'] },
    // `npm run dev` beside a running `make run`: the API stays on Django's port.
    proxy: Object.fromEntries(
      ['/api', '/_allauth'].map((path) => [
        path,
        // Django compares the page's origin with the host it was asked by.
        { target: `http://127.0.0.1:${process.env.PORT ?? '8000'}`, changeOrigin: false }
      ])
    )
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node'
  }
});
