/** Whether an address means whatever machine it is opened on: `localhost` and the loopback numbers. */
export function isOnlyHere(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname);
}
