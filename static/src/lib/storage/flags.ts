import { type FlagAct, type RaisedFlag } from '#lib/domain/flags.ts';
import { sameValue } from '#lib/domain/merge.ts';
import type { ProblemShape } from '#lib/domain/problem.ts';
import { announce } from './changes.ts';
import { STRICT, commit, type ActRow, type Database } from './db.ts';
import { stored } from './faults.ts';

export const storedFlags = (db: Database): Promise<RaisedFlag[]> => stored(() => db.getAll('flags'));
/** What the person did with flags and the server has not heard, in the order in which she did it. */
export const waitingActs = (db: Database): Promise<ActRow[]> => stored(() => db.getAll('acts'));

/** Resolves when the act is on the disk. What of the rules it settles is remembered beyond the act itself. */
export function queueAct(db: Database, person: string, act: FlagAct): Promise<void> {
  return stored(async () => {
    const tx = db.transaction('acts', 'readwrite', STRICT);
    await commit(tx, () => tx.store.add(act as ActRow));
    announce({ about: 'flags', person });
  });
}

async function take(store: { get(id: string): Promise<RaisedFlag | undefined>; put(flag: RaisedFlag): Promise<unknown> }, flag: RaisedFlag) {
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
      if (answer.gone && row.flag) await tx.objectStore('flags').delete(row.flag);
    };
    await commit(tx, work);
    const { problem } = answer;
    announce({ about: 'flags', person, ...(problem ? { refused: { flag: row.flag, act: row.act, problem } } : {}) });
  });
}
