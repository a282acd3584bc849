import type { Credentials } from '#lib/api/account.ts';
import { deviceZone } from '#lib/domain/clock.ts';
import { Problem, localProblem } from '#lib/domain/problem.ts';
import type { Profile } from '#lib/domain/types.ts';
import { announce, onChange } from '#lib/storage/changes.ts';
import { openDatabase, wipeDatabase } from '#lib/storage/db.ts';
import {
  currentPerson,
  forgetPerson,
  refreshPerson,
  rememberPerson,
  rememberToEndSession,
  rememberWiped,
  sessionMustEnd,
  unfinishedWipe
} from '#lib/storage/device.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { countUnsent } from '#lib/storage/outbox.ts';
import { who } from './current.svelte.ts';
import { outbox } from './outbox.svelte.ts';

type ProfilePatch = Partial<Omit<Profile, 'id' | 'email'>>;

/** Signing out would lose edits that the server has not got. The screen says how many, and offers the file. */
export class UnsentEntries extends Problem {
  constructor(readonly unsent: number) {
    const title = `${unsent} unsent on this device.`;
    super({ status: 0, title, errors: [{ field: '', code: 'unsent_entries', message: title }] });
    this.name = 'UnsentEntries';
  }
}

const isProfile = (body: unknown): body is Profile =>
  typeof body === 'object' && body !== null && typeof (body as Profile).id === 'string';

/** What talks to the server about the account: nothing of the first screen waits for it. */
const account = () => import('#lib/api/account.ts');

class Person {
  status = $state<'loading' | 'signed-out' | 'signed-in'>('loading');
  /** The phone's storage does not work: nothing can be kept, and the screen has to say so. */
  problem = $state.raw<Problem | null>(null);
  #starting: Promise<void> | null = null;
  #ending: Promise<boolean> | null = null;
  #lastChange: Promise<void> = Promise.resolve();
  #changes = 0;

  get profile(): Profile | null {
    return who.profile;
  }

  get needsSignIn(): boolean {
    return who.needsSignIn;
  }

  /** Finds out who uses this phone; called once, when the app opens. Works without a network. */
  start(): Promise<void> {
    this.#starting ??= this.#start().catch((cause: unknown) => {
      this.problem = storageProblem(cause);
      this.status = 'signed-out';
    });
    return this.#starting;
  }

  async #start(): Promise<void> {
    this.#followOtherTabs();
    const left = await unfinishedWipe();
    if (left) {
      await wipeDatabase(left, await openDatabase(left));
      await rememberWiped();
    }
    const known = await currentPerson();
    if (known) {
      await who.open(known);
      this.status = 'signed-in';
      void this.#refresh(known.id);
      return;
    }
    // Nobody has signed in on this phone, or she has signed out: the welcome waits for no server.
    this.status = 'signed-out';
    await this.#sessionEnds();
  }

  /** Signing out without a connection left the server's session open. Answers whether it is closed now. */
  #sessionEnds(): Promise<boolean> {
    // One at a time: a second one that is late would end the session of whoever has signed in meanwhile.
    this.#ending ??= this.#endSession().finally(() => (this.#ending = null));
    return this.#ending;
  }

  async #endSession(): Promise<boolean> {
    if (!(await sessionMustEnd())) return true;
    try {
      await (await account()).endSession();
    } catch {
      return false;
    }
    await rememberToEndSession(false);
    return true;
  }

  #followOtherTabs(): void {
    onChange((change, elsewhere) => {
      if (!elsewhere || change.about !== 'person') return;
      if (change.person !== (who.current?.id ?? null)) location.reload();
      else outbox.resume();
    });
  }

  async #refresh(id: string): Promise<void> {
    const before = this.#changes;
    const answer = await (await account()).profile(id);
    // An answer on its way since before a change was saved would take it back: the wrong emergency number, say.
    if (who.current?.id !== id || this.#changes !== before) return;
    if (answer.kind === 'signed-out' || answer.kind === 'other-person') who.needsSignIn = true;
    if (answer.kind !== 'ok' || !isProfile(answer.body) || answer.body.id !== id) return;
    who.profile = answer.body;
    await refreshPerson(answer.body);
    await this.#ringHere(false);
  }

  /** Notifications that this device takes go with the sign-in; should this fail, the next start says it again. */
  async #ringHere(anew: boolean): Promise<void> {
    if (globalThis.Notification?.permission !== 'granted') return;
    const { ways } = await import('./ways.svelte.ts');
    await ways.sayAgain({ anew }).catch(() => {});
  }

  /** Opens the person's own database; whoever was here before keeps hers, unsent and unseen. */
  async #enter(profile: Profile): Promise<void> {
    const before = who.current?.id;
    await rememberPerson(profile);
    announce({ about: 'person', person: profile.id });
    if (before !== undefined && before !== profile.id) {
      outbox.stop();
      who.leave();
      location.reload();
      return;
    }
    await who.open(profile);
    outbox.resume();
    this.problem = null;
    this.status = 'signed-in';
    void this.#ringHere(true);
  }

  async #whoIsIn(): Promise<Profile> {
    const answer = await (await account()).profile();
    if (answer.kind === 'ok' && isProfile(answer.body)) return answer.body;
    throw 'problem' in answer ? answer.problem : localProblem('unexpected', 'The server sent no profile.');
  }

  async signIn(credentials: Credentials): Promise<void> {
    await this.#sessionEnds();
    await (await account()).signIn(credentials);
    await rememberToEndSession(false);
    await this.#enter(await this.#whoIsIn());
  }

  /** Makes an account; whatever else is given (name, country) goes into the profile, and the device's time zone. */
  async signUp({ email, password, ...rest }: Credentials & ProfilePatch): Promise<void> {
    await this.#sessionEnds();
    await (await account()).signUp({ email, password });
    await rememberToEndSession(false);
    const profile = await this.#whoIsIn();
    const patch = { time_zone: deviceZone(), ...rest };
    // The account exists: a profile that could not be completed now must not look like a failed sign-up.
    const completed = await (await account()).updateProfile(profile.id, patch).catch(() => profile);
    await this.#enter(completed);
  }

  /**
   * Ends the session and wipes this person's data from the phone. Throws `UnsentEntries` first when there is something
   * that the server has not got, unless told to go on.
   */
  async signOut({ evenIfUnsent = false }: { evenIfUnsent?: boolean } = {}): Promise<void> {
    const { db } = await who.ready();
    await this.#leave(async () => {
      const unsent = await countUnsent(db);
      if (unsent > 0 && !evenIfUnsent) throw new UnsentEntries(unsent);
    });
  }

  /** Erases the account and everything in it, on the server and then on this phone. Other phones are signed out. */
  async erase(password: string): Promise<void> {
    const { id } = await who.ready();
    await this.#leave(async () => (await account()).erase(id, password));
  }

  /** Nothing is sent from here on; when `first` fails, all stays as it was. */
  async #leave(first: () => Promise<void>): Promise<void> {
    const { id, db } = await who.ready();
    const proceed = await outbox.pause();
    try {
      await first();
      await forgetPerson(id);
      outbox.stop();
      await wipeDatabase(id, db);
      await rememberWiped();
    } catch (cause) {
      proceed();
      throw cause;
    }
    who.leave();
    // Nothing of hers may stay in this page's memory: it goes, and whatever is begun on it now would go with it.
    this.status = 'loading';
    announce({ about: 'person', person: null });
    // Should even this not be found out, the next start tries again.
    await this.#sessionEnds().catch(() => false);
    location.assign('/');
  }

  async requestPasswordReset(email: string): Promise<boolean> {
    return (await account()).requestPasswordReset(email);
  }

  async resetPassword(key: string, password: string): Promise<void> {
    return (await account()).resetPassword(key, password);
  }

  async updateProfile(patch: ProfilePatch): Promise<void> {
    const { id } = await who.ready();
    const change = this.#lastChange.then(async () => {
      const profile = await (await account()).updateProfile(id, patch);
      this.#changes += 1;
      if (who.current?.id === id) who.profile = profile;
      await refreshPerson(profile);
    });
    // One after the other: each answer is the whole profile, and the last to arrive has to be the last that was made.
    this.#lastChange = change.catch(() => {});
    return change;
  }
}

export const person = new Person();
