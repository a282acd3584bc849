import { readMessages } from '#lib/api/care.ts';
import * as api from '#lib/api/patients.ts';
import type { Asked } from '#lib/api/patients.ts';
import { unanswered, type Message } from '#lib/domain/care.ts';
import { bodyOf } from '#lib/domain/documents.ts';
import { CONDITIONS } from '#lib/domain/lists.ts';
import { Problem } from '#lib/domain/problem.ts';
import type { Patient, PatientFlag, PatientNote, PatientPlan, PatientStop, Practice, Report, Signal } from '#lib/domain/patients.ts';
import type { Condition, PrescriptionBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { who } from './current.svelte.ts';
import { home } from './home.svelte.ts';

const own = async () => (await who.ready()).id;

/** Who may not see them any more does not go on seeing them. */
const isRefusal = ({ status }: Problem) => status === 404 || status === 401 || status === 403;

/** The patient's doing. A session that has ended is not: what was typed must still be there after signing in again. */
const isClosed = ({ status, code }: Problem) => status === 404 || code === 'not_in_scope';

const ACKNOWLEDGED = { noted: 'true', waiting: 'false' } as const;

/** The list of those who let this person in. Nothing of it is kept on the device: it is other people's. */
class Patients {
  list = $state.raw<Patient[] | null>(null);
  next = $state<string | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  /** What is searched and shown; who comes back from a patient finds it as it was. */
  q = $state('');
  shown = $state<Signal | 'noted' | 'waiting' | ''>('');
  #asked = 0;

  get asked(): Asked {
    const { shown } = this;
    const q = this.q.trim();
    return shown === 'noted' || shown === 'waiting' ? { q, acknowledged: ACKNOWLEDGED[shown] } : { q, reason: shown };
  }

  /** From the start, `least` at least where there are so many. Of two questions the later is answered. */
  async read({ more = false, least = 0 } = {}): Promise<void> {
    const turn = ++this.#asked;
    this.busy = true;
    try {
      const person = await own();
      let { results, next } = await api.readPatients(person, this.asked, more ? this.next : null);
      while (next && results.length < least && turn === this.#asked) {
        const following = await api.readPatients(person, this.asked, next);
        results = [...results, ...following.results];
        next = following.next;
      }
      if (turn !== this.#asked) return;
      this.list = [...(more ? (this.list ?? []) : []), ...results];
      this.next = next;
      this.problem = null;
      // Who was just let in, and who stands in, finds them under More from here on.
      if (results.length && !home.kept.practises) await home.note({ practises: true });
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      if (turn !== this.#asked) return;
      this.problem = cause;
      if (isRefusal(cause)) this.list = null;
    } finally {
      if (turn === this.#asked) this.busy = false;
    }
  }

  forget(id: string): void {
    this.list = this.list?.filter((one) => one.id !== id) ?? null;
  }
}

/** One patient, for the time that their page is open. All throw the Problem that the answer was. */
export class OnePatient {
  patient = $state.raw<Patient | null>(null);
  flags = $state.raw<PatientFlag[]>([]);
  plans = $state.raw<PatientPlan[]>([]);
  /** What speaks against an exercise that is to be prescribed, with the conditions: read for that alone (`readStops`). */
  stops = $state.raw<PatientStop[]>([]);
  notes = $state.raw<PatientNote[]>([]);
  report = $state.raw<Report | null>(null);
  /** What they wrote and nobody has answered, the oldest first. */
  waiting = $state.raw<Message[]>([]);
  problem = $state.raw<Problem | null>(null);
  /** The patient has ended it, or never let this person in. */
  closed = $derived(this.problem !== null && isClosed(this.problem));

  #asked = 0;
  #reading: Promise<void> | null = null;

  constructor(readonly id: string) {}

  /** What may be seen of them; afterwards nothing, once the patient has ended it. */
  read(): Promise<void> {
    // A tab that comes back is told so twice.
    this.#reading ??= this.#guarded(() => this.#readAll()).finally(() => (this.#reading = null));
    return this.#reading;
  }

  /** After an act: what is being read at the moment may have been asked for before it. */
  async #readAnew(): Promise<void> {
    await this.#reading;
    await this.read();
  }

  async #readAll(): Promise<void> {
    const person = await own();
    const patient = await api.readPatient(person, this.id);
    const [flags, plans, notes, messages] = await Promise.all([
      patient.scopes.includes('flags') ? api.readFlags(person, this.id) : [],
      patient.scopes.includes('exercises') || patient.scopes.includes('prescribe') ? api.readPlans(person, this.id) : [],
      api.readNotes(person, this.id),
      readMessages(person, patient.link, null)
    ]);
    Object.assign(this, { patient, flags, plans, notes, waiting: unanswered(messages.results) });
  }

  /** Of two periods that were asked for, the later one is shown. */
  async readReport(from: string, to: string): Promise<void> {
    const turn = ++this.#asked;
    await this.#guarded(async () => {
      const report = await api.readReport(await own(), this.id, from, to);
      if (turn === this.#asked) this.report = report;
    });
  }

  /** What speaks against an exercise; empty where the patient does not show it, null where it was not read. */
  async conditions(): Promise<Condition[] | null> {
    const { patient } = this;
    if (!patient) return null;
    if (!patient.scopes.includes('exercises')) return [];
    let noted: string[] | null = null;
    await this.#guarded(async () => {
      noted = (await api.readReport(await own(), this.id, patient.today, patient.today)).patient.conditions;
    });
    return noted && CONDITIONS.filter((condition) => noted?.includes(condition));
  }

  /** False where they could not be read; none where the patient does not show them. */
  async readStops(): Promise<boolean> {
    const { patient } = this;
    if (!patient) return false;
    let stops: PatientStop[] | null = patient.scopes.includes('exercises') ? null : [];
    if (!stops) await this.#guarded(async () => void (stops = await api.readStops(await own(), this.id)));
    if (stops && this.patient) this.stops = stops;
    return stops !== null;
  }

  pdf = (from: string, to: string) => api.reportPdf(this.id, from, to);

  async acknowledge(flag: string, message: string, text: string): Promise<void> {
    await this.#let(api.noteFlag(await own(), this.id, flag, message, text));
    await this.#readAnew();
  }

  /** `shown`: the emergency signs that were on the screen when it was asked for; any other one holds it up. */
  async savePlan(id: string, body: PrescriptionBody, base_version: number | null, shown: readonly string[]): Promise<void> {
    await this.#let(api.savePlan(await own(), this.id, id, body, { base_version, despite_open_signs: shown }));
  }

  async endPlan(plan: PatientPlan, ends_on: string): Promise<void> {
    const body = { ...bodyOf('prescription', plan), ends_on };
    await this.#let(api.savePlan(await own(), this.id, plan.id, body, { base_version: plan.version }));
    await this.#readAnew();
  }

  async takePlanBack({ id, version }: PatientPlan): Promise<void> {
    await this.#let(api.removePlan(await own(), this.id, id, version));
    await this.#readAnew();
  }

  async saveNote(text: string, id = uuid7()): Promise<void> {
    await this.#let(api.saveNote(await own(), this.id, id, text));
    this.notes = await this.#let(api.readNotes(await own(), this.id));
  }

  async removeNote(id: string): Promise<void> {
    await this.#let(api.removeNote(await own(), this.id, id));
    this.notes = this.notes.filter((note) => note.id !== id);
  }

  /** Whoever is refused in an act is shown nothing any more, from that moment on. */
  async #let<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      // A plan or a flag may be gone by itself: the patient's page says whether all of it is.
      if (cause instanceof Problem && (isClosed(cause) || cause.code === 'open_signs')) await this.#readAnew();
      throw cause;
    }
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
      if (!isClosed(cause)) return;
      Object.assign(this, { patient: null, flags: [], plans: [], stops: [], notes: [], waiting: [], report: null });
      patients.forget(this.id);
    }
  }
}

/** Whether this person treats others. */
class PracticeState {
  kept = $state.raw<Practice | null>(null);
  problem = $state.raw<Problem | null>(null);

  async read(): Promise<void> {
    try {
      this.kept = await api.readPractice(await own());
      await home.note({ practises: this.kept.practises });
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  async keep(body: Pick<Practice, 'signals' | 'tell_at'>): Promise<void> {
    this.kept = await api.keepPractice(await own(), body);
    await home.note({ practises: true });
  }

  async stop(): Promise<void> {
    await api.stopPractice(await own());
    await this.read();
  }
}

export const patients = new Patients();
export const practice = new PracticeState();
