import { openDatabase } from '#lib/storage/db.ts';
import { currentPerson } from '#lib/storage/device.ts';
import { drain } from '#lib/sync/drain.ts';

/** Sends what waits although no page is open. A rejection makes the browser try again later. */
export async function sendWaiting(): Promise<void> {
  const person = await currentPerson();
  if (!person) return;
  const db = await openDatabase(person.id);
  try {
    const end = await drain(db, person.id);
    // Signed out: only the person can help, a page will ask her. Out of reach: the browser wakes us again.
    if (end.state === 'later') throw new Error('The server could not be reached.');
  } finally {
    db.close();
  }
}
