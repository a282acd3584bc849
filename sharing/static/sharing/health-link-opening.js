/**
 * Opens a SMART Health Link (HL7 STU 1): asks its server for the sealed report, and unlocks it here.
 *
 * The key stands after the # of the address, which browsers send to nobody, and goes no further than this file.
 */

const PREFIX = 'shlink:/';

/** Why nothing was opened: one of the words of the page, and what stands in it. */
export class Refusal extends Error {
  constructor(why, details = {}) {
    super(why);
    this.why = why;
    this.details = details;
  }
}

/** What the address says: `{url, key, exp?, flag?, label?}`. Throws Refusal. */
export function readLink(hash, origin) {
  if (!hash.includes(PREFIX)) throw new Refusal('none');
  let link;
  try {
    link = JSON.parse(new TextDecoder().decode(fromBase64url(hash.slice(hash.indexOf(PREFIX) + PREFIX.length))));
  } catch {
    throw new Refusal('broken');
  }
  if (typeof link?.url !== 'string' || !URL.canParse(link.url) || !/^[\w-]{43}$/.test(link.key)) throw new Refusal('broken');
  // Another service's links would show what it likes under our name.
  if (new URL(link.url).origin !== origin) throw new Refusal('elsewhere', { host: new URL(link.url).host });
  if (link.exp && link.exp * 1000 <= Date.now()) throw new Refusal('expired');
  if (!globalThis.crypto?.subtle) throw new Refusal('insecure');
  return link;
}

export const needsPasscode = (link) => (link.flag ?? '').includes('P');

/** The FHIR Bundle. Throws Refusal. */
export async function openReport(link, recipient, passcode) {
  const body = { recipient, ...(needsPasscode(link) ? { passcode } : {}) };
  const headers = { 'Content-Type': 'application/json' };
  const answer = await reach(link.url, { method: 'POST', headers, body: JSON.stringify(body) });
  const { files } = await answer.json();
  const file = files.find(({ contentType }) => contentType.startsWith('application/fhir+json'));
  if (!file) throw new Refusal('broken');
  const sealed = file.embedded ?? (await (await reach(file.location)).text());
  try {
    return JSON.parse(await unseal(sealed, link.key));
  } catch {
    throw new Refusal('broken');
  }
}

async function reach(url, options = {}) {
  let answer;
  try {
    answer = await fetch(url, { ...options, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
  } catch {
    throw new Refusal('unreachable');
  }
  if (answer.ok) return answer;
  if (answer.status === 401) throw wrongPasscode((await answer.json()).remainingAttempts);
  throw new Refusal({ 404: 'ended', 429: 'throttled' }[answer.status] ?? 'unreachable');
}

function wrongPasscode(left) {
  if (!left) return new Refusal('locked');
  return new Refusal(left === 1 ? 'wrong_passcode_one' : 'wrong_passcode_other', { left });
}

/** A compact JWE, `dir` and A256GCM: the header is sealed with it, the tag stands apart. */
async function unseal(jwe, key) {
  const [header, , iv, content, tag] = jwe.split('.');
  const { alg, enc, zip } = JSON.parse(new TextDecoder().decode(fromBase64url(header)));
  if (alg !== 'dir' || enc !== 'A256GCM' || zip) throw new Refusal('broken');
  const aes = await crypto.subtle.importKey('raw', fromBase64url(key), 'AES-GCM', false, ['decrypt']);
  const settings = { name: 'AES-GCM', iv: fromBase64url(iv), additionalData: new TextEncoder().encode(header), tagLength: 128 };
  const sealed = await new Blob([fromBase64url(content), fromBase64url(tag)]).arrayBuffer();
  return new TextDecoder().decode(await crypto.subtle.decrypt(settings, aes, sealed));
}

export function fromBase64url(text) {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}
