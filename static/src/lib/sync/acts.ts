import type { Answer } from '#lib/api/client.ts';
import { flagsIn, readFlag, sendAct } from '#lib/api/flags.ts';
import { currentPerson } from '#lib/storage/device.ts';
import type { ActRow, Database, OutboxRow } from '#lib/storage/db.ts';
import { concludeAct, storedFlags, waitingActs } from '#lib/storage/flags.ts';
import { unsentRows } from '#lib/storage/outbox.ts';
import type { RaisedFlag } from '#lib/domain/flags.ts';
import type { CheckBody, LogBody } from '#lib/domain/types.ts';

/** How the sending of acts ended; the same words as for a drain. */
export interface ActsEnd {
  state: 'done' | 'later' | 'signed-out' | 'other-person';
  sent: number;
  wait: number | null;
}

/** Nobody at home, or the server asked for quiet. */
const isOutage = (status: number) => status === 0 || status === 408 || status === 429 || status > 500;

/** What may be about the same flag keeps its order: an act on rules is about any flag of theirs. */
function overlap(one: ActRow, other: ActRow, flags: readonly RaisedFlag[]): boolean {
  if (one.flag !== null && other.flag !== null) return one.flag === other.flag;
  const rulesOf = ({ flag, rules }: ActRow) => (flag === null ? rules : flags.filter(({ id }) => id === flag).map(({ rule }) => rule));
  const [mine, theirs] = [rulesOf(one), rulesOf(other)];
  // Of a flag that is not here nobody can tell.
  return mine.length === 0 || theirs.length === 0 || mine.some((rule) => theirs.includes(rule));
}

/** An act on rules is about what was written before it: the server has to know that first. */
function waitsFor(act: ActRow, rows: readonly OutboxRow[]): boolean {
  if (act.flag !== null) return false;
  return rows.some(({ kind, body, attention }) => {
    // What was deleted and may not be is for the person to decide: it holds nothing up.
    if (body === null) return kind === 'check' && attention === null;
    if (kind === 'check') return act.rules.some((rule) => Object.hasOwn((body as CheckBody).answers, rule));
    if (kind !== 'log' || !act.rules.includes('saddle')) return false;
    return (body as LogBody).readings.some(({ region }) => region === 'saddle');
  });
}

/** What the server holds of the flag whose act it refused; nothing when it cannot be had now: the next pull brings it. */
async function truthOf(person: string, row: ActRow) {
  if (row.flag === null) return [];
  const answer = await readFlag(person, row.flag);
  return (answer.kind === 'ok' && flagsIn(answer.body, row)) || [];
}

type Verdict = 'sent' | 'later' | 'signed-out' | 'other-person';

async function apply(db: Database, person: string, row: ActRow, answer: Answer): Promise<Verdict> {
  switch (answer.kind) {
    case 'ok': {
      const flags = flagsIn(answer.body, row);
      if (!flags) return 'later';
      await concludeAct(db, person, row, { flags });
      return 'sent';
    }
    case 'refused': {
      const gone = answer.problem.status === 404;
      const flags = gone ? [] : await truthOf(person, row);
      await concludeAct(db, person, row, { flags, gone, problem: answer.problem.toJSON() });
      return 'sent';
    }
    case 'again':
      return 'later';
    default:
      return answer.kind;
  }
}

/**
 * Sends what was done with flags, oldest first, after the entries and answers it is about. What the server refuses is
 * not asked again: the flag is then what the server says. The caller holds the drain's lock.
 */
export async function sendActs(db: Database, person: string): Promise<ActsEnd> {
  const end: ActsEnd = { state: 'done', sent: 0, wait: null };
  const held: ActRow[] = [];
  const flags = await storedFlags(db);
  for (const row of await waitingActs(db)) {
    if (held.some((one) => overlap(one, row, flags))) continue;
    if (waitsFor(row, await unsentRows(db))) {
      held.push(row);
      continue;
    }
    if ((await currentPerson())?.id !== person) return { ...end, state: 'other-person' };
    const answer = await sendAct(person, row);
    const verdict = await apply(db, person, row, answer);
    if (verdict === 'sent') {
      end.sent += 1;
      continue;
    }
    if (verdict !== 'later') return { ...end, state: verdict };
    end.state = 'later';
    if (answer.kind === 'again') {
      end.wait = answer.wait;
      if (isOutage(answer.problem.status)) return end;
    }
    held.push(row);
  }
  return end;
}
