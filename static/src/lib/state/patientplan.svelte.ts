import { bodyOf } from '#lib/domain/documents.ts';
import { isPressing, isRed, stands } from '#lib/domain/flags.ts';
import { newPlan } from '#lib/domain/prescription.ts';
import type { Condition, PrescriptionBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { OnePatient } from './patients.svelte.ts';

/** With the version that was opened: it goes along with what is written, into the draft that is kept as well. */
export type OpenedPlan = PrescriptionBody & { base_version?: number | null };

/** One plan of a patient's while it is being written. The patient is read anew beside it, the plan never. */
export class PatientPlanDesk {
  readonly one: OnePatient;
  // Made once: a second try after a lost answer is the same plan.
  readonly #target: string;
  /** As it was opened: what a colleague changes from then on has to come back as a conflict, not be undone. */
  opened = $state.raw<OpenedPlan | null>(null);
  /** The patient could be read, and has no such plan: a colleague took it back, or it ended before what is seen begins. */
  lost = $state(false);
  /** Null until they were read, after what was stopped: nothing is set before it is known what speaks against it. */
  conditions = $state.raw<Condition[] | null>(null);
  signs = $derived.by(() => this.one.flags.filter((flag) => stands(flag) && isRed(flag) && isPressing(flag)));

  /** `plan` is null for a new one, which is called `name`. */
  constructor(
    patient: string,
    readonly plan: string | null,
    readonly name: string
  ) {
    this.one = new OnePatient(patient);
    this.#target = plan ?? uuid7();
  }

  /** As often as you like: what could not be read before is asked for again. */
  async read(): Promise<void> {
    await this.one.read();
    this.opened ??= this.#open();
    this.lost = this.one.patient !== null && !this.opened;
    // A problem of the patient's page stays said.
    if (this.lost || this.one.problem) return;
    if (!(await this.one.readStops()) || this.conditions) return;
    const conditions = await this.one.conditions();
    this.conditions ??= conditions;
  }

  #open(): OpenedPlan | null {
    const { patient, plans } = this.one;
    if (!patient) return null;
    if (this.plan === null) return { ...newPlan(this.name, [], patient.today), base_version: null };
    const found = plans.find(({ id }) => id === this.plan);
    return found ? { ...bodyOf('prescription', found), base_version: found.version } : null;
  }

  /** Throws the Problem that the answer was. To ask for it is to have seen the emergency signs on the screen. */
  async save({ base_version = null, ...body }: OpenedPlan): Promise<void> {
    const shown = this.signs.filter(({ level }) => level === 'E').map(({ id }) => id);
    await this.one.savePlan(this.#target, body, base_version, shown);
  }
}
