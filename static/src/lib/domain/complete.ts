/**
 * An app that was updated without a network reads what the version before it has stored: such rows say nothing of what
 * has been learned since. They are completed as they are read, so that nothing behind asks twice.
 */
import type { Caution, Dose, Exercise, RoutineBody, RoutineItem, SessionBody, SessionItem } from './types.ts';

const NO_TEMPO: Partial<Dose> = { tempo: '' };
const NO_LADDER: Partial<Exercise> = {
  ...NO_TEMPO,
  rung: 0,
  muscles: [],
  equipment: [],
  regions: [],
  desk: false,
  continuous: false,
  retired: false
};
const ALONE: Partial<RoutineItem> = { ...NO_TEMPO, superset: null, round_rest_seconds: 0 };
const NO_CONDITION: Partial<Caution> = { condition: null };
const NO_HURTS: Partial<SessionBody> = {
  prescription: null,
  prescription_version: null,
  hurts: [],
  next_morning_declined: false
};
const AS_PLANNED: Partial<SessionItem> = { repetitions_done: 0, eased_from: null };

export const completeExercise = (exercise: Exercise): Exercise => ({
  ...NO_LADDER,
  ...{ ladder: exercise.slug },
  ...exercise,
  cautions: exercise.cautions.map((one) => ({ ...NO_CONDITION, ...one }))
});

export const completeRoutine = <T extends RoutineBody>(routine: T): T => ({
  ...routine,
  items: routine.items.map((item) => ({ ...ALONE, ...item }))
});

const completeItem = (item: SessionItem): SessionItem => ({
  ...AS_PLANNED,
  ...item,
  prescribed: { ...NO_TEMPO, ...item.prescribed }
});

export const completeSession = <T extends SessionBody>(session: T): T => ({
  ...NO_HURTS,
  ...session,
  items: session.items.map(completeItem)
});
