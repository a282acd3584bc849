import type { FlagAct, RaisedFlag, Resolution } from '#lib/domain/flags.ts';
import { sameValue } from '#lib/domain/merge.ts';
import type { ProblemShape } from '#lib/domain/problem.ts';
import type { Settled } from '#lib/domain/signs.ts';
import { announce } from './changes.ts';
import { STRICT, commit, type ActRow, type Database } from './db.ts';
import { stored } from './faults.ts';

export const storedFlags = (db: Database): Promise<RaisedFlag[]> => stored(() => db.getAll('flags'));
/** What the person did with flags and the server has not heard, in the order in which she did it. */
export const waitingActs = (db: Database): Promise<ActRow[]> => stored(() => db.getAll('acts'));

/** Resolves when the act is on the disk. That signs are over is remembered beyond the act: the server may never say it. */
export function queueAct(db: Database, person: string, act: FlagAct): Promise<void> {
  return stored(async () => {
    const tx = db.transaction(['acts', 'meta'], 'readwrite', STRICT);
    const work = async () => {
      await tx.objectStore('acts').add(act as ActRow);
      if (act.flag === null) await remember(tx.objectStore('meta'), act);
    };
    await commit(tx, work);
    announce({ about: 'flags', person });
  });
}

interface Meta {
  get(key: string): Promise<unknown>;
  put(value: unknown, key: string): Promise<unknown>;
}

/** So many entries whose advice was read here are remembered: more than a person marks before they are answered for. */
const REMEMBERED = 100;

async function remember(meta: Meta, { act, rules, at, reason, known }: FlagAct): Promise<void> {
  if (act === 'see') {
    const before = ((await meta.get('read_marks')) ?? []) as string[];
    return void (await meta.put([...new Set([...before, ...(known ?? [])])].slice(-REMEMBERED), 'read_marks'));
  }
  const others = (((await meta.get('settled')) ?? []) as Settled[]).filter(({ rule }) => !rules.includes(rule));
  const over = rules.map((rule): Settled => ({ rule, reason: reason as Resolution, at, sent: false, ...(known ? { known } : {}) }));
  await meta.put([...others, ...over], 'settled');
}

/**
 * Takes back that signs are over, `before` being what had been settled of them until then: their flags are opened again,
 * or, where none is known here, the server is not told at all.
 */
export function unsettle(
  db: Database,
  person: string,
  settle: FlagAct,
  before: readonly Settled[],
  reopen: readonly FlagAct[]
): Promise<void> {
  return stored(async () => {
    const tx = db.transaction(['acts', 'meta'], 'readwrite', STRICT);
    const [acts, meta] = [tx.objectStore('acts'), tx.objectStore('meta')];
    const isIt = ({ act, flag, rules, at }: ActRow) =>
      flag === null && act === settle.act && at === settle.at && sameValue(rules, settle.rules);
    const work = async () => {
      const row = (await acts.getAll()).findLast(isIt);
      if (row && reopen.length === 0) await acts.delete(row.seq);
      for (const act of reopen) await acts.add(act as ActRow);
      const settled = ((await meta.get('settled')) ?? []) as Settled[];
      await meta.put([...settled.filter(({ rule }) => !settle.rules.includes(rule)), ...before], 'settled');
    };
    await commit(tx, work);
    announce({ about: 'flags', person });
  });
}

async function markSent(meta: Meta, { rules, at }: FlagAct): Promise<void> {
  const settled = (await meta.get('settled')) as Settled[] | undefined;
  const isThis = (one: Settled) => rules.includes(one.rule) && one.at === at;
  const after = settled?.map((one) => (isThis(one) ? { ...one, sent: true } : one));
  if (after) await meta.put(after, 'settled');
}

interface Flags {
  get(id: string): Promise<RaisedFlag | undefined>;
  put(flag: RaisedFlag): Promise<unknown>;
}

async function take(store: Flags, flag: RaisedFlag): Promise<boolean> {
  const known = await store.get(flag.id);
  // An answer may be delayed: what is newer here stays.
  if (known && (Date.parse(known.changed_at) > Date.parse(flag.changed_at) || sameValue(known, flag))) return false;
  await store.put(flag);
  return true;
}

/** Takes in what the server has sent. Acts that wait are not touched by it: they are put on top when flags are shown. */
export function takeInFlags(db: Database, person: string, flags: RaisedFlag[]): Promise<void> {
  return stored(async () => {
    const tx = db.transaction('flags', 'readwrite');
    let changed = false;
    const work = async () => {
      for (const flag of flags) if (await take(tx.store, flag)) changed = true;
    };
    await commit(tx, work);
    if (changed) announce({ about: 'flags', person });
  });
}

/** What the server said to an act: the flags as they are now, or why it will not have it. */
export interface ActAnswer {
  flags: RaisedFlag[];
  problem?: ProblemShape;
  /** The server knows no such flag. */
  gone?: boolean;
}

/** The server has heard the act, or will never have it: either way the act goes, and the flags are what the server says. */
export function concludeAct(db: Database, person: string, row: ActRow, answer: ActAnswer): Promise<void> {
  return stored(async () => {
    const tx = db.transaction(['acts', 'flags', 'meta'], 'readwrite', STRICT);
    const work = async () => {
      await tx.objectStore('acts').delete(row.seq);
      for (const flag of answer.flags) await take(tx.objectStore('flags'), flag);
      if (row.flag === null && !answer.problem) await markSent(tx.objectStore('meta'), row);
      if (answer.gone && row.flag) await tx.objectStore('flags').delete(row.flag);
    };
    await commit(tx, work);
    const { problem } = answer;
    announce({ about: 'flags', person, ...(problem ? { refused: { flag: row.flag, act: row.act, problem } } : {}) });
  });
}
