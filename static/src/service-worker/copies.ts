import { assets, immutable } from '$app/manifest';
import { version } from '$app/env';
import { self } from '$app/service-worker';
import { isScreen, isNeverCopied } from './addresses.ts';
import { partOf } from './ranges.ts';

const PREFIX = 'unpinch-app-';
const COPY = PREFIX + version;
/** The shell page as the start address answers it: unlike the bare file it carries the server's security headers. */
const SHELL = '/';
const VERSION = '/_app/version.json';
/** A tab that still runs one of the two versions before may load a screen of it that it has not opened yet. */
const KEPT = 3;

const address = ({ path }: { path: string }) => (path.startsWith('/') ? path : `/${path}`);

/** All of the app, so that every screen opens without a network. */
const built = immutable.map(address);
const others = [SHELL, ...assets.map(address).filter((path) => !isNeverCopied(path))];

/** A file whose name holds its own hash is taken from an older copy: an update fetches only what has changed. */
async function take(cache: Cache, path: string): Promise<void> {
  const known = await caches.match(path);
  if (known) await cache.put(path, known);
  else await cache.add(path);
}

/** Keeps a complete copy of this version, or fails: half a copy would be a screen that does not open. */
export async function keepCopy(): Promise<void> {
  const cache = await caches.open(COPY);
  await Promise.all(built.map((path) => take(cache, path)));
  await cache.addAll(others.map((path) => new Request(path, { cache: 'reload' })));
}

/** `caches.keys()` answers in the order of making. */
export async function dropOldCopies(): Promise<void> {
  const copies = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== COPY);
  const old = copies.slice(0, Math.max(0, copies.length - (KEPT - 1)));
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function shell(request: Request): Promise<Response> {
  const cache = await caches.open(COPY);
  return (await cache.match(SHELL, { ignoreVary: true })) ?? fetch(request);
}

async function file(request: Request, path: string): Promise<Response> {
  const own = await (await caches.open(COPY)).match(path, { ignoreVary: true });
  const kept = own ?? (await caches.match(path, { ignoreVary: true }));
  return kept ? partOf(kept, request.headers.get('Range')) : fetch(request);
}

const copied = new Set([...built, ...others]);

/** The answer to a request of a page, or null to leave it to the network. */
export function answer(request: Request): Promise<Response> | null {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || isNeverCopied(url.pathname)) return null;
  // SvelteKit asks which version is out when a screen is missing, and would load the page anew for ever: the shell of
  // this copy stays until the person agrees to the new version.
  if (url.pathname === VERSION) return Promise.resolve(Response.json({ version }));
  if (request.mode === 'navigate') return isScreen(url.pathname) ? shell(request) : null;
  if (copied.has(url.pathname) || url.pathname.startsWith('/_app/immutable/')) return file(request, url.pathname);
  return null;
}
