import { bodyOf } from '#lib/domain/documents.ts';
import type { PlanSource } from '#lib/domain/playerplan.ts';
import type { PrescriptionBody, RoutineBody } from '#lib/domain/types.ts';
import { stretching, type Prescription, type Routine } from '#lib/state/stretching.svelte.ts';

/** What can be played under an id: a routine, or what was prescribed. */
export type Source = { kind: 'routine'; document: Routine } | { kind: 'prescription'; document: Prescription };

export function sourceOf(id: string): Source | null {
  const routine = stretching.routines.find((one) => one.id === id);
  if (routine) return { kind: 'routine', document: routine };
  const prescription = stretching.prescriptions.find((one) => one.id === id);
  return prescription ? { kind: 'prescription', document: prescription } : null;
}

export function planSource(source: Source): PlanSource {
  const { id, name, items } = source.document;
  if (source.kind === 'routine') return { id, name, items };
  const { version, unsent, pain_rule } = source.document;
  // With an edit on its way, what is played is no version that the server knows.
  return { id: null, name, items, prescription: { id, version: unsent || version === 0 ? null : version, pain_rule } };
}

/** The same with other items, written by the person herself: a starter becomes a routine of her own under `copyName`. */
export async function saveItems(
  source: Source,
  items: RoutineBody['items'],
  copyName: (name: string) => string
): Promise<{ copied: string | null }> {
  const { document } = source;
  if (source.kind === 'prescription') {
    const body: PrescriptionBody = bodyOf('prescription', source.document);
    await stretching.savePrescription({ ...body, items }, document.id);
    return { copied: null };
  }
  if (!source.document.starter) {
    await stretching.saveRoutine({ name: document.name, items }, document.id);
    return { copied: null };
  }
  const name = copyName(document.name);
  await stretching.saveRoutine({ name, items });
  return { copied: name };
}
