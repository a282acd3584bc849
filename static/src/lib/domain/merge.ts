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
 * What only makes sense together is one change, as the server has it (`Document.fields_of`): the start of one device
 * must not pass the end of another. A kind of document has those of the fields that it has.
 */
const TOGETHER = [
  ['starts_on', 'ends_on'],
  ['occurred_at', 'answered_at', 'started_at', 'ended_at', 'time_zone'],
  ['routine', 'routine_name'],
  ['prescription', 'prescription_version'],
  ['items', 'hurts', 'ended', 'stop_reason'],
  ['kind', 'interference', 'activities']
];

const withCompanions = (key: string) => TOGETHER.find((keys) => keys.includes(key)) ?? [key];

/**
 * Carries an edit over to a newer document: a field that the person changed since `base` stays hers, with those that
 * belong to it; every other one becomes theirs. Without this, sending the edit as it is would undo what came in between
 * from another device.
 */
export function carryOver<T extends object>(base: object, mine: T, theirs: object): T {
  const edited = mine as Fields;
  const merged = { ...edited };
  const untouched = (key: string) => !(key in edited) || sameValue((base as Fields)[key], edited[key]);
  for (const key of Object.keys(merged)) {
    if (key in theirs && withCompanions(key).every(untouched)) merged[key] = (theirs as Fields)[key];
  }
  return merged as T;
}
