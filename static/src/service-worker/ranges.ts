/**
 * The part of a stored answer that was asked for (RFC 9110, 14): Safari plays a sound only when it gets the part that it
 * names. A range that cannot be read, or lies beyond the end, is left out of account, as the standard allows.
 */
export async function partOf(response: Response, range: string | null): Promise<Response> {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  if (!asked || response.status !== 200) return response;
  const whole = await response.clone().blob();
  const first = Number(asked[1]);
  const last = Math.min(asked[2] ? Number(asked[2]) : Infinity, whole.size - 1);
  if (first > last) return response;
  const headers = new Headers(response.headers);
  headers.set('Content-Range', `bytes ${first}-${last}/${whole.size}`);
  headers.set('Content-Length', String(last - first + 1));
  return new Response(whole.slice(first, last + 1), { status: 206, headers });
}
