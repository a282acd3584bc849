import adapter from '@sveltejs/adapter-static';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { GROUPS } from './chunks.ts';

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
  build: {
    target: 'es2022',
    // Only the styles of a screen are named ahead: the names of its scripts too would be a third of what the first
    // screen loads beyond itself, and the worker has all of them on the phone after the first visit.
    modulePreload: { resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')) }
  },
  environments: {
    client: {
      build: {
        rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } }
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
