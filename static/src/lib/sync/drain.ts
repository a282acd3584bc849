import { classify, type Answer } from '#lib/api/client.ts';
import { isDocument, sendBatch, sendOne, type Edit } from '#lib/api/diary.ts';
import { currentPerson } from '#lib/storage/device.ts';
import type { Database, OutboxRow } from '#lib/storage/db.ts';
import { acknowledge, markAttempted, refuse } from '#lib/storage/answers.ts';
import { unsentRows } from '#lib/storage/outbox.ts';
import { sendActs } from './acts.ts';
import { drainLock, exclusively } from './lock.ts';
import { sendReplies } from './replies.ts';

/**
 * How a drain ended. `done`: nothing more can be sent (what is left needs the person). `later`: try again, not before
 * `wait` ms if the server said so. `signed-out` and `other-person`: nothing goes before she has signed in.
 */
export interface DrainEnd {
  state: 'done' | 'later' | 'signed-out' | 'other-person';
  sent: number;
  wait: number | null;
}

const BATCH = 50;
/** After so many edits in a row that made the server fail, it is the server. */
const BROKEN = 5;

type Stop = 'later' | 'signed-out' | 'other-person';
type Verdict = 'sent' | 'kept' | Stop;

interface Run {
  db: Database;
  person: string;
  sent: number;
  wait: number | null;
  /** How many logs go in one request: smaller after a batch that failed as a whole, to find the one at fault. */
  batch: number;
  /** Documents that the server stumbled over: left for the next drain, so that they do not hold up the others. */
  stumbled: Set<string>;
  stumblesInARow: number;
}

/** The oldest edit of each document, unless it waits for the person: order is kept within a document. */
export function sendable(rows: OutboxRow[], stumbled: ReadonlySet<string>): OutboxRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    if (seen.has(row.document)) return false;
    seen.add(row.document);
    return row.attention === null && !stumbled.has(row.document);
  });
}

/** The next request: the oldest edit; a log takes other waiting logs along. */
function nextRequest(rows: OutboxRow[], run: Run): OutboxRow[] {
  const ready = sendable(rows, run.stumbled);
  const first = ready[0];
  if (!first || first.kind !== 'log') return ready.slice(0, 1);
  return ready.filter((row) => row.kind === 'log').slice(0, run.batch);
}

const asEdit = (row: OutboxRow): Edit => ({
  kind: row.kind,
  id: row.document,
  action: row.action,
  body: row.body,
  base_version: row.base_version
});

function later(run: Run, wait: number | null): Verdict {
  if (wait !== null) run.wait = Math.max(run.wait ?? 0, wait);
  return 'later';
}

/** What the server holds instead of the edit that it refused. */
function currentOf(body: unknown, id: string) {
  const current = (body as { current?: unknown } | null)?.current;
  return isDocument(current, id) ? current : null;
}

/** Does with one row what its answer says. */
async function apply(run: Run, row: OutboxRow, answer: Answer): Promise<Verdict> {
  switch (answer.kind) {
    case 'ok': {
      const named = isDocument(answer.body, row.document);
      const gone = row.action === 'delete' && answer.body === null;
      // A 2xx that does not name this id is not about this edit, whoever sent it.
      if (!named && !gone) return later(run, null);
      await acknowledge(run.db, run.person, row, isDocument(answer.body, row.document) ? answer.body : null);
      run.sent += 1;
      return 'sent';
    }
    case 'refused':
      await refuse(run.db, run.person, row, answer.problem.toJSON(), currentOf(answer.body, row.document));
      return 'kept';
    case 'again':
      return later(run, answer.wait);
    default:
      return answer.kind;
  }
}

interface ItemAnswer {
  id: string;
  status: number;
  body: unknown;
  error: unknown;
}

function isItem(value: unknown): value is ItemAnswer {
  const item = value as ItemAnswer | null;
  return typeof item === 'object' && item !== null && typeof item.id === 'string' && Number.isInteger(item.status);
}

/** Each item of a batch is answered by itself; an item without an answer counts as lost. */
async function applyBatch(run: Run, rows: OutboxRow[], body: unknown): Promise<Stop | null> {
  const items = new Map((Array.isArray(body) ? body.filter(isItem) : []).map((item) => [item.id, item]));
  let stop: Stop | null = null;
  for (const row of rows) {
    const item = items.get(row.document);
    const ok = item !== undefined && item.status < 300;
    const answer = item ? classify(item.status, ok ? item.body : item.error) : null;
    const verdict = answer ? await apply(run, row, answer) : later(run, null);
    if (verdict === 'later') run.stumbled.add(row.document);
    if (verdict === 'signed-out' || verdict === 'other-person') stop = verdict;
  }
  return stop;
}

/** Nobody at home, or the server asked for quiet: the other edits would fare no better now. */
const isOutage = (status: number) => status === 0 || status === 408 || status === 429 || status > 500;

/** Sends one request. Answers null when the drain can go on. */
async function sendNext(run: Run, chosen: OutboxRow[]): Promise<Stop | null> {
  const rows = await markAttempted(
    run.db,
    chosen.map((row) => row.seq)
  );
  const first = rows[0];
  if (!first) return null;
  const isLog = first.kind === 'log';
  const answer = isLog ? await sendBatch(run.person, rows.map(asEdit)) : await sendOne(run.person, asEdit(first));
  if (isLog && answer.kind === 'ok') return applyBatch(run, rows, answer.body);
  const failed = answer.kind === 'refused' || answer.kind === 'again';
  if (failed && !isOutage(answer.problem.status) && rows.length > 1) {
    run.batch = Math.floor(rows.length / 2);
    return null;
  }
  const verdict = await apply(run, first, answer);
  if (verdict === 'sent' || verdict === 'kept') {
    run.stumblesInARow = 0;
    return null;
  }
  if (verdict !== 'later') return verdict;
  run.stumbled.add(first.document);
  run.stumblesInARow += 1;
  const down = run.stumblesInARow >= BROKEN || (answer.kind === 'again' && isOutage(answer.problem.status));
  return down ? 'later' : null;
}

async function sendAll(run: Run): Promise<DrainEnd> {
  const end = (state: DrainEnd['state']): DrainEnd => ({ state, sent: run.sent, wait: run.wait });
  for (;;) {
    // Somebody else may have signed in on this phone since the last request.
    if ((await currentPerson())?.id !== run.person) return end('other-person');
    const chosen = nextRequest(await unsentRows(run.db), run);
    if (chosen.length === 0) {
      // What was done with flags is about what has just been sent.
      const acts = await sendActs(run.db, run.person);
      run.sent += acts.sent;
      if (acts.wait !== null) later(run, acts.wait);
      if (acts.state !== 'done') return end(acts.state);
      const replies = await sendReplies(run.db, run.person);
      if (replies.wait !== null) later(run, replies.wait);
      return end(replies.state === 'done' && run.stumbled.size > 0 ? 'later' : replies.state);
    }
    const stop = await sendNext(run, chosen);
    if (stop) return end(stop);
  }
}

/**
 * Sends what waits, oldest first, one drain at a time on this phone. Never throws for what a server or a network does;
 * rejects with a Problem when the phone's own storage fails.
 */
export function drain(db: Database, person: string): Promise<DrainEnd> {
  const run: Run = { db, person, sent: 0, wait: null, batch: BATCH, stumbled: new Set(), stumblesInARow: 0 };
  return exclusively(drainLock(person), () => sendAll(run));
}
