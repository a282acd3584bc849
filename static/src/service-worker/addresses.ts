/** Answers about people, other people's pages, and the worker itself: always from the server, never out of a copy. */
const NEVER = ['/api', '/_allauth', '/admin', '/r', '/shl', '/calendar', '/media', '/static', '/healthz', '/metrics'];
const WORKERS = ['/service-worker.js', '/service-worker-off.js'];

export function isNeverCopied(path: string): boolean {
  return WORKERS.includes(path) || NEVER.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

/** A screen of the app: an address of ours that does not name a file. */
export function isScreen(path: string): boolean {
  return !isNeverCopied(path) && !/\.[a-z0-9]+$/i.test(path);
}
