import type { Answer } from '#lib/api/client.ts';
import { isPage, readExercises, readNext, readPage, readWhole, type Page } from '#lib/api/diary.ts';
import { readFlags } from '#lib/api/flags.ts';
import type { RaisedFlag } from '#lib/domain/flags.ts';
import type { Database } from '#lib/storage/db.ts';
import { currentPerson } from '#lib/storage/device.ts';
import { takeInFlags } from '#lib/storage/flags.ts';
import { getMeta, setMeta, type PullMark } from '#lib/storage/meta.ts';
import { replaceAll, replaceExercises, takeIn, type WholeKind } from '#lib/storage/replica.ts';
import type { ServerCheck, ServerLog, ServerMeasure, ServerSession } from '#lib/domain/types.ts';
import { drainLock, exclusively, pullLock } from './lock.ts';

/** How a pull ended; the same words as for a drain. */
export interface PullEnd {
  state: 'done' | 'later' | 'signed-out' | 'other-person';
  wait: number | null;
  refused?: boolean;
}

/** Called after each page of the first fill with how many documents have come. */
export type Progress = (kind: PullKind, count: number) => void;
export type PullKind = 'log' | 'session' | 'check' | 'measure';

/** Two writes may commit in another order than their times say; this much is asked for twice. */
const OVERLAP = 2 * 60_000;
/** The earliest time that the server takes. */
const BEGINNING = '2000-01-01T00:00:00Z';
const EMPTY: PullMark = { filling: null, filled: false, changed_at: null };

interface Run {
  db: Database;
  person: string;
  progress: Progress;
}

function ending(answer: Answer): PullEnd {
  if (answer.kind === 'signed-out' || answer.kind === 'other-person') return { state: answer.kind, wait: null };
  return { state: 'later', wait: answer.kind === 'again' ? answer.wait : null, refused: answer.kind === 'refused' };
}

/** The server's own time of the newest change among these. */
function newest(known: string | null, documents: { changed_at: string }[]): string | null {
  return documents.reduce<string | null>(
    (best, { changed_at }) => (best === null || Date.parse(changed_at) > Date.parse(best) ? changed_at : best),
    known
  );
}

const askedFrom = (mark: PullMark) =>
  mark.changed_at === null ? BEGINNING : new Date(Date.parse(mark.changed_at) - OVERLAP).toISOString();

type DocumentPage = Page<ServerLog & ServerSession & ServerCheck & ServerMeasure>;

/** The page that was answered, if it is one of this person's. */
async function owned<T>(run: Run, asked: Promise<Answer>): Promise<Page<T> | PullEnd> {
  const answer = await asked;
  if (answer.kind !== 'ok') return ending(answer);
  if (!isPage<T>(answer.body)) return { state: 'later', wait: null };
  // Somebody else may have signed in meanwhile; this page would then go where nobody should find it.
  if ((await currentPerson())?.id !== run.person) return { state: 'other-person', wait: null };
  return answer.body;
}

const readPageOf = (run: Run, kind: PullKind, next: string | null, since: string | null): Promise<DocumentPage | PullEnd> =>
  owned(run, next === null ? readPage(run.person, kind, since) : readNext(run.person, next));

/**
 * The first fill, newest first, so that today is there after one page. The mark for later pulls comes from the first
 * page alone: whatever changes while the older pages load is newer than it.
 */
async function fill(run: Run, kind: PullKind): Promise<PullEnd> {
  let mark = (await getMeta(run.db, `pull-${kind}`)) ?? EMPTY;
  while (!mark.filled) {
    const page = await readPageOf(run, kind, mark.filling?.next ?? null, null);
    if ('state' in page) {
      // The server no longer knows the cursor: the next pull begins again, nothing is lost by it.
      if (page.refused) await setMeta(run.db, `pull-${kind}`, EMPTY);
      return page;
    }
    await takeIn(run.db, run.person, kind, page.results);
    const count = (mark.filling?.count ?? 0) + page.results.length;
    const changed_at = mark.filling ? mark.changed_at : newest(null, page.results);
    mark = { filling: page.next ? { next: page.next, count } : null, filled: page.next === null, changed_at };
    await setMeta(run.db, `pull-${kind}`, mark);
    run.progress(kind, count);
  }
  return { state: 'done', wait: null };
}

/** What has changed since the last time, oldest change first, deletions included. */
async function follow(run: Run, kind: PullKind): Promise<PullEnd> {
  let mark = (await getMeta(run.db, `pull-${kind}`)) ?? EMPTY;
  let next: string | null = null;
  const since = askedFrom(mark);
  do {
    const page: DocumentPage | PullEnd = await readPageOf(run, kind, next, since);
    if ('state' in page) return page;
    await takeIn(run.db, run.person, kind, page.results);
    mark = { ...mark, changed_at: newest(mark.changed_at, page.results) };
    await setMeta(run.db, `pull-${kind}`, mark);
    next = page.next;
  } while (next !== null);
  return { state: 'done', wait: null };
}

/** There are few, and all of them matter: the first time, too, they come oldest change first. */
async function followFlags(run: Run): Promise<PullEnd> {
  const mark = (await getMeta(run.db, 'pull-flag')) ?? EMPTY;
  const since = askedFrom(mark);
  let { changed_at } = mark;
  let next: string | null = null;
  do {
    const asked: Promise<Answer> = next === null ? readFlags(run.person, since) : readNext(run.person, next);
    const page: Page<RaisedFlag> | PullEnd = await owned(run, asked);
    if ('state' in page) return page;
    await takeInFlags(run.db, run.person, page.results);
    changed_at = newest(changed_at, page.results);
    await setMeta(run.db, 'pull-flag', { ...mark, changed_at });
    next = page.next;
  } while (next !== null);
  return { state: 'done', wait: null };
}

async function pullExercises(run: Run): Promise<PullEnd> {
  const exercises = await readExercises(run.person);
  if (!Array.isArray(exercises)) return ending(exercises);
  await replaceExercises(run.db, run.person, exercises);
  return { state: 'done', wait: null };
}

function pullWhole(run: Run, kind: WholeKind): Promise<PullEnd> {
  // No drain meanwhile: a document that the server takes after it has read the list would seem to be gone.
  return exclusively(drainLock(run.person), async () => {
    const documents = await readWhole(run.person, kind);
    if (!Array.isArray(documents)) return ending(documents);
    await replaceAll(run.db, run.person, kind, documents);
    return { state: 'done', wait: null };
  });
}

async function pullAll(run: Run): Promise<PullEnd> {
  if ((await currentPerson())?.id !== run.person) return { state: 'other-person', wait: null };
  const steps = [
    // Before the entries and answers that raised them: what was read on another phone is not asked to be read here.
    () => followFlags(run),
    () => follow(run, 'log'),
    () => pullExercises(run),
    () => pullWhole(run, 'routine'),
    () => pullWhole(run, 'prescription'),
    // So few that the first time, too, they may come oldest change first.
    () => follow(run, 'measure'),
    () => follow(run, 'session'),
    () => follow(run, 'check')
  ];
  // What changed is asked for even while the older pages of the first fill are still to come.
  for (const [kind, place] of [['check', -1], ['session', -2], ['log', 1]] as const) {
    const mark = await getMeta(run.db, `pull-${kind}`);
    if (!mark?.filled) steps.splice(place, 0, () => fill(run, kind));
  }
  let whole: PullEnd = { state: 'done', wait: null };
  for (const step of steps) {
    const end = await step();
    // One list that the server does not answer must not keep the others away.
    if (end.state !== 'done' && !end.refused) return end;
    if (end.refused) whole = end;
  }
  return whole;
}

/** Brings the phone up to the server. Documents with unsent edits are left alone. */
export function pull(db: Database, person: string, progress: Progress = () => {}): Promise<PullEnd> {
  return exclusively(pullLock(person), () => pullAll({ db, person, progress }));
}

/** Asks for flags alone: what was just sent may have raised one, or settled it. */
export function pullFlags(db: Database, person: string): Promise<PullEnd> {
  return exclusively(pullLock(person), () => followFlags({ db, person, progress: () => {} }));
}
