type Fields = Record<string, unknown>;

/** Equal as JSON, whatever the order of the keys. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => key in other && sameValue((one as Fields)[key], (other as Fields)[key]));
}

/**
 * Carries an edit over to a newer document: a field that the person changed since `base` stays hers, every other one
 * becomes theirs. Without this, sending the edit as it is would undo what came in between from another device.
 */
export function carryOver<T extends object>(base: object, mine: T, theirs: object): T {
  const merged = { ...mine } as Fields;
  for (const key of Object.keys(merged)) {
    const untouched = sameValue((base as Fields)[key], merged[key]);
    if (untouched && key in theirs) merged[key] = (theirs as Fields)[key];
  }
  return merged as T;
}
